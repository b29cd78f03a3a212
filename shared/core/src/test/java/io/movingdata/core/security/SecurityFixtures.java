package io.movingdata.core.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Keys, contents and test vectors that the security tests share. */
final class SecurityFixtures {
  static final FernetKey KEY = FernetKey.parse("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=");
  static final FernetKey OTHER_KEY =
      FernetKey.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
  static final CopyId COPY = new CopyId("000102030405060708090a0b0c0d0e0f");
  static final CopyId OTHER_COPY = new CopyId("f00102030405060708090a0b0c0d0e0f");
  static final long SECOND = 1_700_000_000L;
  static final BytePool POOL = new BytePool(64L << 20);

  private SecurityFixtures() {}

  static FrameSealer sealer() {
    return new FrameSealer(KEY, COPY, SECOND, POOL);
  }

  static FrameOpener opener() {
    return new FrameOpener(KEY, COPY, POOL);
  }

  /** A stretch of the test vectors' content, in which byte i is i ^ i>>8 ^ i>>16. */
  static byte[] content(long from, int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      long at = from + i;
      content[i] = (byte) (at ^ (at >> 8) ^ (at >> 16));
    }
    return content;
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Jca.sha256(bytes));
  }

  static JsonNode json(String resource) {
    try (InputStream in = SecurityFixtures.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("test resource is missing: " + resource);
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
