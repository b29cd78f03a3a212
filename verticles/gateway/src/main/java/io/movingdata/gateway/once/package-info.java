/** The replay of answers under an idempotency key. */
package io.movingdata.gateway.once;
