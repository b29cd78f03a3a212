/**
 * Live events for browsers: a bounded replay ring and connections that never hold more than their
 * share of memory.
 */
package io.movingdata.gateway.events;
