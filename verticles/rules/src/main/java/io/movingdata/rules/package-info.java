/**
 * Where files belong: what a place costs ({@code cost}), which tier the rules and the model want
 * and whether a move pays ({@code decide}), the rules in force ({@code book}), decisions on all
 * files and the moves that follow from them ({@code autopilot}), and what a person should know
 * ({@code alert}). {@code cost} and {@code decide} are pure.
 */
package io.movingdata.rules;
