package io.movingdata.rules.decide;

import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.RuleSet;
import java.time.Instant;
import java.util.List;

/**
 * What is to be decided.
 *
 * @param fileId null for a what-if without a file
 * @param bytes plaintext size
 * @param features what is known of it
 * @param here the location where it is
 * @param places where it could be, {@code here} included
 * @param rules the rules in force
 * @param prediction what the model says, null without one
 * @param pinnedUntil until when it must not be moved by itself, null for no pin
 * @param now the time
 */
public record Question(
    String fileId,
    long bytes,
    FileFeatures features,
    Candidate here,
    List<Candidate> places,
    RuleSet rules,
    Prediction prediction,
    Instant pinnedUntil,
    Instant now) {}
