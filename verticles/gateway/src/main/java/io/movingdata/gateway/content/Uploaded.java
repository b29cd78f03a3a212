package io.movingdata.gateway.content;

import io.movingdata.core.model.FileRecord;

/** A file after an upload; {@code created} where there was none before. */
public record Uploaded(FileRecord file, boolean created) {}
