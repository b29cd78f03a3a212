/** Stops a node at a chosen point between two effects. */
package io.movingdata.testkit.crash;
