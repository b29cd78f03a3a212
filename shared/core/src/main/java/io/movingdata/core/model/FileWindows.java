package io.movingdata.core.model;

import java.time.Instant;

/**
 * How a file has been used lately: sliding windows that end at a time. What is not said otherwise
 * is about the last 60 minutes.
 *
 * @param at the end of the windows
 * @param count1m events in the last minute
 * @param count10m events in the last 10 minutes
 * @param count60m events in the last 60 minutes
 * @param writes60m of these, writes
 * @param bytesRead60m bytes read
 * @param bytesWritten60m bytes written
 * @param uniqueClients60m different clients of the last 60 to 80 minutes, estimated
 * @param latencyAvgMs mean latency, ms; 0 where none was measured
 * @param latencyP95Ms 95th percentile of the last 60 to 80 minutes, ms, at most 20 % too high
 * @param latencyMaxMs longest, ms
 * @param ema5m events a minute, exponentially averaged over 5 minutes
 * @param ema30m events a minute, exponentially averaged over 30 minutes
 * @param growth events of the last 10 minutes relative to a sixth of the hour's; 1 is steady
 * @param latencyDeltaMs mean latency of the last 10 minutes less that of the hour, ms
 * @param highTemp60m events with too high a temperature
 * @param highTempMinutes how many of the last 10 minutes had such an event
 * @param failedReads60m failed reads
 * @param networkFailures60m network failures
 * @param conflicts60m disagreements between replicas
 * @param egressCost60m cost of leaving the location, USD
 * @param hour hour of the day at the end, UTC
 * @param weekday 1 Monday to 7 Sunday at the end, UTC
 */
public record FileWindows(
    Instant at,
    long count1m,
    long count10m,
    long count60m,
    long writes60m,
    long bytesRead60m,
    long bytesWritten60m,
    long uniqueClients60m,
    double latencyAvgMs,
    double latencyP95Ms,
    double latencyMaxMs,
    double ema5m,
    double ema30m,
    double growth,
    double latencyDeltaMs,
    long highTemp60m,
    int highTempMinutes,
    long failedReads60m,
    long networkFailures60m,
    long conflicts60m,
    double egressCost60m,
    int hour,
    int weekday) {}
