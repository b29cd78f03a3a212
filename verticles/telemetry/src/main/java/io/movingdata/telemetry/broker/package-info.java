/**
 * The event broker as the rest of telemetry sees it: it is there or away, takes records, and gives
 * them. Everything waits for it in the background only.
 */
package io.movingdata.telemetry.broker;
