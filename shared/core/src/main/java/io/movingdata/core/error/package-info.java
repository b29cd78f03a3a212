/** One enum of refusals and the one exception that carries them across the bus and to clients. */
package io.movingdata.core.error;
