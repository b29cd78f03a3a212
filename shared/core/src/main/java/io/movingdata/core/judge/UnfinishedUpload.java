package io.movingdata.core.judge;

import java.time.Instant;

/** An upload in parts, begun at a time and not finished. */
public record UnfinishedUpload(String key, Instant begun) {}
