/**
 * Access events: from a client to the event broker ({@code ingest}), from the broker into windows
 * and the catalog ({@code consume}), what they show of each file ({@code window}) and of the whole
 * ({@code stream}). {@code broker} is all that touches Kafka's clients.
 *
 * <p>An event is acknowledged once the broker has it, or the catalog's outbox while the broker is
 * away. It counts once, however often it is delivered: by its id in the windows and the catalog, by
 * its offset in a file's history. A node that takes over a partition reads the last hour of it
 * again, so its windows are those of a node that never stopped.
 */
package io.movingdata.telemetry;
