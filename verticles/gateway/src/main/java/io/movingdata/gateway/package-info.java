/** The gateway: REST, server-sent events and the web page, in front of the bus. */
package io.movingdata.gateway;
