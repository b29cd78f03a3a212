/** Comparisons of the stores with the catalog: when, by whom, and how far. */
package io.movingdata.consistency.pass;
