package io.movingdata.consistency.mirror;

import io.movingdata.core.model.FileRecord;
import java.util.Locale;

/** What a mirror's answer says beside the file as the catalog has it: pure. */
enum Verdict {
  /** The same content at the same version. */
  SAME,
  /** An older version, or nothing: it lost what it took. */
  BEHIND,
  /** Other content at the same version. */
  DIFFERS,
  /** It knows a later version than was read here, or says nothing of its content. */
  UNKNOWN;

  private static final int SHOWN = 64;

  static Verdict of(FileRecord file, Teller.Held held) {
    if (held == null || (held.version() != null && held.version() < file.version())) {
      return BEHIND;
    }
    if (held.version() == null || held.version() > file.version() || held.sha256() == null) {
      return UNKNOWN;
    }
    return held.sha256().toLowerCase(Locale.ROOT).equals(file.sha256()) ? SAME : DIFFERS;
  }

  /** A stranger's text, fit to be shown. */
  static String shown(String sha256) {
    String plain = sha256.replaceAll("[^0-9A-Za-z]", "?");
    return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
  }
}
