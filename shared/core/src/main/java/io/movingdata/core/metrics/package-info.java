/**
 * The metrics of a node: one registry for Vert.x, the JVM and MovingData's own {@code movingdata_*}
 * figures, read as Prometheus text.
 */
package io.movingdata.core.metrics;
