/** Access events in, and the stream of them as it runs. */
package io.movingdata.gateway.stream;
