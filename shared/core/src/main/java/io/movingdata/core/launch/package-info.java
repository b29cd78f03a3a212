/**
 * One launcher for every node: roles and commands are found by {@link java.util.ServiceLoader}, so
 * a node runs whatever is on its class path and in its configuration.
 */
package io.movingdata.core.launch;
