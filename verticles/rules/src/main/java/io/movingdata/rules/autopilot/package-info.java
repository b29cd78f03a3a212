/**
 * Decides on every file again and again, writes what it decided, and in mode {@code auto} starts
 * the moves that pay, within their budgets.
 */
package io.movingdata.rules.autopilot;
