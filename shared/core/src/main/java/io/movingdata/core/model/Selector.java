package io.movingdata.core.model;

import java.time.Instant;
import java.util.List;

/**
 * Which files a bulk operation means: those that meet every condition given. At least one must be.
 *
 * @param ids exact file ids
 * @param prefix file ids that start with it
 * @param location primary copies at the location
 * @param tier primary copies at locations of the tier
 * @param olderThan files not changed since
 * @param minBytes at least this large
 * @param maxBytes at most this large
 */
public record Selector(
    List<String> ids,
    String prefix,
    String location,
    String tier,
    Instant olderThan,
    Long minBytes,
    Long maxBytes) {}
