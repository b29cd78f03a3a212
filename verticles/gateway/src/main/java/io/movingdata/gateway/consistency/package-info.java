/** How stores and catalog agree: the status, passes, findings, and what to do about them. */
package io.movingdata.gateway.consistency;
