/**
 * From the broker into windows and the catalog. An offset is committed after its event is in the
 * catalog, in order, never past one that is not; what is no event is set aside with the reason.
 */
package io.movingdata.telemetry.consume;
