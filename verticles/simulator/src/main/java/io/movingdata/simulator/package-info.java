/**
 * Load that nobody real makes: in the background ({@code load}), in bursts on demand ({@code
 * burst}), and readings of devices with what is unusual about them ({@code sensor}). Everything
 * goes through the ways that clients use.
 */
package io.movingdata.simulator;
