/** Rules, costs, alerts and the autopilot, as clients see them. */
package io.movingdata.gateway.tiering;
