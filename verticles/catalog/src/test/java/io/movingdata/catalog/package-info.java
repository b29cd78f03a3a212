/** Tests of the catalog: pure classes, the order of its steps, and the whole on a real store. */
package io.movingdata.catalog;
