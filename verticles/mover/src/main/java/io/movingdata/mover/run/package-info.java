/**
 * One node's share of the moves: claiming what is due, running each under its lease, and putting
 * off or giving up what fails.
 */
package io.movingdata.mover.run;
