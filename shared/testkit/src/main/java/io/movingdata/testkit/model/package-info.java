/**
 * What the catalog's operations do to its documents, said as plainly as it can be: the
 * specification that the catalog is compared with, and the catalog that simulations run against.
 * The shape of ids and the size of pages are not part of it.
 */
package io.movingdata.testkit.model;
