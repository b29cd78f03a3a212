/**
 * What a stream of events shows of each file: sliding windows, histories and anomalies. Pure: time
 * comes in, and the same events give the same windows in whatever order they came.
 */
package io.movingdata.telemetry.window;
