/** Readings of devices, and which of them are unusual. Pure. */
package io.movingdata.simulator.sensor;
