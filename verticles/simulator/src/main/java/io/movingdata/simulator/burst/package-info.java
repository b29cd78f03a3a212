/** Bursts of events on demand, bounded, paced, and repeatable by their seed. */
package io.movingdata.simulator.burst;
