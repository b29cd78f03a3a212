package io.movingdata.core.storage;

/**
 * What a resume token says.
 *
 * @param key the object's key
 * @param uploadId the provider's upload
 * @param durable bytes that the provider held
 * @param crc32c checksum of those bytes, -1 where it was not known
 */
record ResumePoint(String key, String uploadId, long durable, long crc32c) {}
