/**
 * The event bus as a set of typed addresses. {@link io.movingdata.core.bus.Bus} is the only class
 * that touches the raw bus: JSON encoding, time-outs, failure mapping, local preference.
 */
package io.movingdata.core.bus;
