/** Bulk operations: selections planned, and turned into moves a bounded number at a time. */
package io.movingdata.mover.bulk;
