/**
 * The only code that speaks to MongoDB: a small document store whose changes are compare-and-sets,
 * its connection, its schema and the translation of its failures.
 */
package io.movingdata.catalog.store;
