/**
 * The judge: recomputes from what was recorded whether any promise about objects was broken. Pure:
 * evidence goes in, violations come out. Whoever collects the evidence does the I/O.
 */
package io.movingdata.core.judge;
