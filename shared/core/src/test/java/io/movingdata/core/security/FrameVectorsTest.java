package io.movingdata.core.security;

import static io.movingdata.core.security.SecurityFixtures.content;
import static io.movingdata.core.security.SecurityFixtures.opener;
import static io.movingdata.core.security.SecurityFixtures.sealer;
import static io.movingdata.core.security.SecurityFixtures.sha256;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.model.ObjectFormat;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our published vectors, which another implementation of the stored formats made. */
class FrameVectorsTest {
  private static final JsonNode VECTORS = SecurityFixtures.json("/fernet-frames-vectors.json");

  static Stream<JsonNode> singles() {
    return vectors("fernet");
  }

  static Stream<JsonNode> objects() {
    return vectors("fernet_frames");
  }

  static Stream<JsonNode> looseFrames() {
    return vectors("loose_frames");
  }

  @Test
  void theVectorsAreOfTheKeyAndCopyThatTheTestsUse() {
    assertThat(VECTORS.get("key_id").textValue()).isEqualTo(SecurityFixtures.KEY.keyId());
    assertThat(VECTORS.get("copy_id").textValue()).isEqualTo(SecurityFixtures.COPY.value());
    assertThat(VECTORS.get("second").longValue()).isEqualTo(SecurityFixtures.SECOND);
  }

  @Test
  void everyPlaceHasTheIvOfTheVectors() {
    FrameIv ivs = new FrameIv(SecurityFixtures.KEY, SecurityFixtures.COPY);
    for (JsonNode vector : VECTORS.get("iv")) {
      assertThat(HexFormat.of().formatHex(ivs.of(vector.get("index").longValue())))
          .isEqualTo(vector.get("iv").textValue());
    }
  }

  @ParameterizedTest
  @MethodSource("singles")
  void aSingleTokenHasTheBytesOfTheVectors(JsonNode vector) {
    byte[] content = content(0, vector.get("content_length").intValue());
    byte[] stored = sealer().sealSingle(content);
    if (vector.has("stored")) {
      assertThat(new String(stored, US_ASCII)).isEqualTo(vector.get("stored").textValue());
    } else {
      assertStored(stored, vector);
    }
    ObjectLayout layout = new ObjectLayout(content.length);
    assertThat(layout.format()).isEqualTo(ObjectFormat.FERNET);
    assertThat(layout.storedSize()).isEqualTo(stored.length);
    try (OpenedFrame opened = opener().openSingle(stored)) {
      assertThat(opened.toBytes()).isEqualTo(content);
      assertThat(opened.last()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("objects")
  void aFramedObjectHasTheBytesOfTheVectors(JsonNode vector) {
    ObjectLayout layout = new ObjectLayout(vector.get("content_length").longValue());
    assertThat(layout.format()).isEqualTo(ObjectFormat.FERNET_FRAMES);
    assertThat(vector.get("frames")).hasSize(layout.frames());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (JsonNode frame : vector.get("frames")) {
      int index = frame.get("index").intValue();
      byte[] content = content(layout.contentOffset(index), layout.contentLength(index));
      assertThat(layout.isLast(index)).isEqualTo(frame.get("last").booleanValue());
      assertThat(layout.storedLength(index)).isEqualTo(frame.get("stored_length").intValue());
      whole.writeBytes(assertFrame(frame, content));
    }
    assertStored(whole.toByteArray(), vector);
    assertThat(layout.storedSize()).isEqualTo(whole.size());
  }

  @ParameterizedTest
  @MethodSource("looseFrames")
  void anyFrameHasTheBytesOfTheVectors(JsonNode vector) {
    byte[] stored = assertFrame(vector, content(0, vector.get("content_length").intValue()));
    if (vector.has("token")) {
      assertThat(new String(stored, US_ASCII).stripTrailing())
          .isEqualTo(vector.get("token").textValue());
    }
  }

  private static byte[] assertFrame(JsonNode vector, byte[] content) {
    int index = vector.get("index").intValue();
    boolean last = vector.get("last").booleanValue();
    byte[] stored = sealer().seal(index, last, content);
    assertStored(stored, vector);
    try (OpenedFrame opened = opener().open(index, stored)) {
      assertThat(opened.toBytes()).isEqualTo(content);
      assertThat(opened.last()).isEqualTo(last);
    }
    return stored;
  }

  private static void assertStored(byte[] stored, JsonNode vector) {
    assertThat(stored).hasSize(vector.get("stored_length").intValue());
    assertThat(sha256(stored)).isEqualTo(vector.get("stored_sha256").textValue());
  }

  private static Stream<JsonNode> vectors(String name) {
    assertThat(VECTORS.get(name)).isNotEmpty();
    return StreamSupport.stream(VECTORS.get(name).spliterator(), false);
  }
}
