/**
 * Whole clusters in virtual time on one thread. The mover's own classes run on a bus, providers and
 * a catalog that are simulated; a seed decides what clients ask, what crashes, freezes and gets
 * lost, and when. Failures are shrunk to a few steps and can be replayed.
 */
package io.movingdata.mover.simulate;
