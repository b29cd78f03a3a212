/** Compares what is stored with what the catalog says, and names the difference. */
package io.movingdata.consistency.verify;
