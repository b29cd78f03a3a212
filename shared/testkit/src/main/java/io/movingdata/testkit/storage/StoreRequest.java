package io.movingdata.testkit.storage;

/**
 * One entry of a store's request log.
 *
 * @param operation what was asked
 * @param key of which object; null where of none
 * @param detail offset, part number or condition, as text
 */
public record StoreRequest(StoreOperation operation, String key, String detail) {}
