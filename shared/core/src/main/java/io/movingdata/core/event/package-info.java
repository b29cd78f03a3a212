/**
 * Access events from outside: what a valid one looks like, wherever it comes from. The HTTP body
 * and the record on the broker are read by the same rules.
 */
package io.movingdata.core.event;
