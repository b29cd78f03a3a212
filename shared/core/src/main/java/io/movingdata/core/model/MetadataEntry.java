package io.movingdata.core.model;

/** One pair of user metadata; a list of pairs, since names may hold dots and dollar signs. */
public record MetadataEntry(String key, String value) {}
