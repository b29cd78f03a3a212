/** The rules in force, versioned in the catalog, the same on every node. */
package io.movingdata.rules.book;
