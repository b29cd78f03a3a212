/** Moves, copies, bulk jobs and the replay of answers under an idempotency key. */
package io.movingdata.gateway.moves;
