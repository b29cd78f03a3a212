/**
 * From a client to the broker, or to the outbox while the broker is away: what was acknowledged is
 * kept, and leaves in the order in which it came.
 */
package io.movingdata.telemetry.ingest;
