/**
 * The collector: the only code that deletes stored objects. It asks the catalog again, proves that
 * another copy is whole, and only then lets go.
 */
package io.movingdata.mover.collect;
