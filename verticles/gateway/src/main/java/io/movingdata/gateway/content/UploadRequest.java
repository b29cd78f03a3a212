package io.movingdata.gateway.content;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.model.MetadataEntry;
import io.movingdata.core.model.Requester;
import java.util.List;

/**
 * An upload as it was asked for.
 *
 * @param location where the content goes; null: where the file is, else the first location
 * @param announced bytes that will come, -1 where the client does not say
 */
public record UploadRequest(
    String fileId,
    LocationConfig location,
    long announced,
    String contentType,
    List<MetadataEntry> metadata,
    Conditions conditions,
    DeclaredDigests digests,
    Requester requester) {}
