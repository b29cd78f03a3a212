package io.movingdata.core.transfer;

import io.movingdata.core.model.CopyIntent;
import io.movingdata.core.model.ObjectFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored beside a copy at its provider, so that the catalog can be rebuilt from the stores
 * alone. Names are lower-case letters and values ASCII, which every provider takes.
 *
 * @param fileId the exact file id
 * @param copyId the copy's id
 * @param contentId the upload that it is a copy of
 * @param format layout of the stored bytes
 * @param createdAtS creation second
 * @param keyId fingerprint of the key that encrypted it
 */
public record ObjectMetadata(
    String fileId,
    String copyId,
    String contentId,
    ObjectFormat format,
    long createdAtS,
    String keyId) {
  private static final String FILE = "mdfile";
  private static final String COPY = "mdcopy";
  private static final String CONTENT = "mdcontent";
  private static final String FORMAT = "mdformat";
  private static final String CREATED = "mdcreated";
  private static final String KEY = "mdkey";

  /** The metadata of a copy that is to be written. */
  public static ObjectMetadata of(CopyIntent copy) {
    return new ObjectMetadata(
        copy.fileId(),
        copy.copyId(),
        copy.contentId(),
        copy.format(),
        copy.createdAtS(),
        copy.keyId());
  }

  /** As the provider stores it. */
  public Map<String, String> toMap() {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(fileId.getBytes(StandardCharsets.UTF_8));
    return Map.of(
        FILE, encoded,
        COPY, copyId,
        CONTENT, contentId,
        FORMAT, format.wire(),
        CREATED, Long.toString(createdAtS),
        KEY, keyId);
  }

  /** From what a provider answers; empty where it is not an object of ours. */
  public static Optional<ObjectMetadata> parse(Map<String, String> stored) {
    try {
      String file =
          new String(Base64.getUrlDecoder().decode(stored.get(FILE)), StandardCharsets.UTF_8);
      ObjectFormat format = null;
      for (ObjectFormat known : ObjectFormat.values()) {
        format = known.wire().equals(stored.get(FORMAT)) ? known : format;
      }
      boolean whole =
          format != null
              && stored.containsKey(COPY)
              && stored.containsKey(CONTENT)
              && stored.containsKey(KEY);
      return whole
          ? Optional.of(
              new ObjectMetadata(
                  file,
                  stored.get(COPY),
                  stored.get(CONTENT),
                  format,
                  Long.parseLong(stored.get(CREATED)),
                  stored.get(KEY)))
          : Optional.empty();
    } catch (NullPointerException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
