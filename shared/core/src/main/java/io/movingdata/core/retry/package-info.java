/** Bounded retries with full jitter. */
package io.movingdata.core.retry;
