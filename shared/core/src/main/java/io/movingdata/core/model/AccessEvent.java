package io.movingdata.core.model;

import java.time.Instant;

/**
 * One access to a file, as it was observed.
 *
 * @param eventId what makes it this event: the same id twice is one event
 * @param fileId the file
 * @param event what was done
 * @param ts when, UTC
 * @param clientId who, null where unknown
 * @param bytesRead bytes that left the storage
 * @param bytesWritten bytes that came
 * @param latencyMs how long it took, ms; null where not measured
 * @param temperature of the device that reports, °C; null where not measured
 * @param highTempAlert whether the temperature is too high
 * @param egressCost what leaving the location cost, USD; estimated where it was not told
 * @param storageCostPerGb what the reporter pays for a GB, USD a month; null where unknown
 * @param cloudRegion where it happened, null where unknown
 * @param syncConflict whether replicas disagreed
 * @param failedRead whether a read failed
 * @param networkFailure whether the network failed
 * @param success whether it worked
 * @param source who reports, null where unknown
 */
public record AccessEvent(
    String eventId,
    String fileId,
    AccessKind event,
    Instant ts,
    String clientId,
    long bytesRead,
    long bytesWritten,
    Double latencyMs,
    Double temperature,
    boolean highTempAlert,
    Double egressCost,
    Double storageCostPerGb,
    String cloudRegion,
    boolean syncConflict,
    boolean failedRead,
    boolean networkFailure,
    boolean success,
    String source) {

  /** The same event with what is derived on the way in. */
  public AccessEvent derived(double cost, boolean tooHot) {
    return new AccessEvent(
        eventId,
        fileId,
        event,
        ts,
        clientId,
        bytesRead,
        bytesWritten,
        latencyMs,
        temperature,
        tooHot,
        cost,
        storageCostPerGb,
        cloudRegion,
        syncConflict,
        failedRead,
        networkFailure,
        success,
        source);
  }
}
