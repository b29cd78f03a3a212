package io.movingdata.core.model;

import java.time.Instant;

/**
 * Something that a person should know.
 *
 * @param id stands for its kind and subject: the same condition is the same alert
 * @param kind {@code cost}, {@code latency}, {@code high_temperature}, {@code throughput}, {@code
 *     confidence}, {@code drift}, {@code stuck_moves} or {@code findings}
 * @param subject the file or location, null for the whole system
 * @param message one sentence
 * @param value what was seen
 * @param threshold what it is compared with
 * @param state active, acknowledged or resolved
 * @param raisedAt when it began
 * @param seenAt when the condition was last seen
 * @param resolvedAt when it ended, null while it lasts
 * @param acknowledgedBy who has seen it, null for nobody
 * @param notified the state of which the webhook was last told, null for none
 */
public record Alert(
    String id,
    String kind,
    String subject,
    String message,
    double value,
    double threshold,
    String state,
    Instant raisedAt,
    Instant seenAt,
    Instant resolvedAt,
    String acknowledgedBy,
    String notified) {}
