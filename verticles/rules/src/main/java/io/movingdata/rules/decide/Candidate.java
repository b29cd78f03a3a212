package io.movingdata.rules.decide;

import io.movingdata.core.cost.PriceClass;

/** A location that a file could be at. */
public record Candidate(String location, String tier, PriceClass prices) {}
