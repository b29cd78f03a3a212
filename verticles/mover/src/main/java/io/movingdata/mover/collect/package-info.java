/**
 * The collector: the only code that deletes stored objects. It asks the catalog again, proves that
 * another copy is whole, and only then deletes; the entry goes once the provider finds nothing
 * more.
 */
package io.movingdata.mover.collect;
