/** Synthetic load and the sensor sandbox, as clients see them. */
package io.movingdata.gateway.simulation;
