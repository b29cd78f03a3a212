package io.movingdata.core.transfer;

/**
 * A copy as its provider stored it, after size and checksum agreed.
 *
 * @param bytes stored size
 * @param etag entity tag, null where there is none
 * @param checksum what the provider computed, null where it computed none
 */
public record StoredCopy(long bytes, String etag, String checksum) {}
