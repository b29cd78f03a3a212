/** Moves and bulk jobs. */
package io.movingdata.gateway.moves;
