/** The stream as a whole: each node tells its part every second, and any of them knows all. */
package io.movingdata.telemetry.stream;
