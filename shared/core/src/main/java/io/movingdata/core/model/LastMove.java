package io.movingdata.core.model;

import java.time.Instant;

/** The move that brought a file where its primary copy is. */
public record LastMove(String moveId, String from, String to, Instant at) {}
