package io.movingdata.core.transfer;

import io.movingdata.core.model.ObjectFormat;
import io.movingdata.core.security.CopyId;
import io.movingdata.core.security.FernetKey;
import java.util.Map;

/**
 * A copy that is to be written.
 *
 * @param location where
 * @param key its physical key
 * @param copyId its id, part of every frame
 * @param createdAtS its creation second (Unix time), the timestamp of every token
 * @param format one token, or frames
 * @param cipherKey the key that encrypts it
 * @param metadata what is stored beside it, see {@link ObjectMetadata}
 */
public record WriteTarget(
    String location,
    String key,
    CopyId copyId,
    long createdAtS,
    ObjectFormat format,
    FernetKey cipherKey,
    Map<String, String> metadata) {
  public WriteTarget {
    metadata = Map.copyOf(metadata);
  }
}
