package io.movingdata.core.security;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A location's Fernet keys: the first encrypts, all decrypt. Immutable. */
public final class Keyring {
  private final Map<String, FernetKey> keys;
  private final FernetKey encryptionKey;
  private final String source;

  private Keyring(Map<String, FernetKey> keys, String source) {
    this.keys = Collections.unmodifiableMap(keys);
    this.encryptionKey = keys.values().iterator().next();
    this.source = source;
  }

  /**
   * Reads a keyring from its configuration, {@code newest,older,…}; blanks round a key are ignored.
   *
   * @param source where the text came from, such as {@code env:S3_ENCRYPTION_KEY}, {@code config}
   *     or {@code demo}
   * @throws IllegalArgumentException if there is no key, a malformed one, or one twice; the message
   *     tells which by its position and never contains a key
   */
  public static Keyring parse(String text, String source) {
    String[] entries = text.split(",", -1);
    Map<String, FernetKey> keys = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i++) {
      String position = "key " + (i + 1) + " of " + entries.length;
      FernetKey key;
      try {
        key = FernetKey.parse(entries[i].strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(position + ": " + e.getMessage(), e);
      }
      if (keys.putIfAbsent(key.keyId(), key) != null) {
        throw new IllegalArgumentException(position + " is there twice: " + key.keyId());
      }
    }
    return new Keyring(keys, source);
  }

  /** The key that encrypts new copies. */
  public FernetKey encryptionKey() {
    return encryptionKey;
  }

  /**
   * The key with an id.
   *
   * @throws UnknownKeyException if the keyring does not have it
   */
  public FernetKey require(String keyId) {
    FernetKey key = keys.get(keyId);
    if (key == null) {
      throw new UnknownKeyException(keyId);
    }
    return key;
  }

  /** All key ids, the encrypting one first. */
  public List<String> keyIds() {
    return List.copyOf(keys.keySet());
  }

  /** Where the keys came from. */
  public String source() {
    return source;
  }

  @Override
  public String toString() {
    return "Keyring" + keyIds() + " from " + source;
  }
}
