package io.movingdata.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.macasaet.fernet.Key;
import com.macasaet.fernet.Token;
import com.macasaet.fernet.Validator;
import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.harness.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies on the servers is Fernet and nothing else, and can be read without MovingData. */
class ConfidentialityIT {
  private static final String CANARY = "the-canary-sings-at-midnight-7f3a";
  private static final int SMALL = 2_000;
  private static final int FRAMED = 9_000_000;

  @Test
  void aCanaryIsFoundNowhereAndRawObjectsAreReadWithAnotherLibrary() throws IOException {
    String secret = Key.generateKey().serialise();
    Key key = new Key(secret);
    try (LocalSystem system =
        LocalSystem.create("canary")
            .with("S3_ENCRYPTION_KEY", secret)
            .with("COLLECT_GRACE_MS", "600000")) {
      NodeProcess node = system.node("a");
      Api api = node.api();
      assertThat(api.post("/seed", new JsonObject()).status()).isEqualTo(200);
      byte[] small = withCanary(SMALL);
      byte[] framed = withCanary(FRAMED);
      for (String target : List.of("azure", "gcs", "s3")) {
        assertThat(api.upload("small-" + target, small, "X-Meta-Note", "plain").status())
            .isEqualTo(201);
        assertThat(api.upload("framed-" + target, framed).status()).isEqualTo(201);
        if (!target.equals("s3")) {
          assertThat(api.move("small-" + target, target).status()).isEqualTo(200);
          assertThat(api.move("framed-" + target, target).status()).isEqualTo(200);
        }
      }
      assertThat(filesHolding(system.stackData(), CANARY)).isEmpty();
      assertThat(filesHolding(system.stackData(), secret)).isEmpty();
      for (Path log : system.nodeLogs()) {
        assertThat(Files.readString(log)).doesNotContain(CANARY).doesNotContain(secret);
      }
      assertThat(restore(rawAtS3(system, api, "small-s3"), key)).isEqualTo(small);
      assertThat(restoreFrames(rawAtS3(system, api, "framed-s3"), key)).isEqualTo(framed);
    }
  }

  private static byte[] withCanary(int length) {
    byte[] content = Contents.bytes(length, length);
    byte[] canary = CANARY.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(canary, 0, content, 100, canary.length);
    System.arraycopy(canary, 0, content, length - 200, canary.length);
    return content;
  }

  private static List<Path> filesHolding(Path folder, String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException gone) {
      return false;
    }
  }

  private static byte[] rawAtS3(LocalSystem system, Api api, String id) throws IOException {
    String key = api.file(id).getJsonArray("replicas").getJsonObject(0).getString("key");
    try (Stream<Path> files = Files.walk(system.stackData())) {
      Path raw =
          files
              .filter(f -> f.toString().contains("/" + system.bucket("s3") + "/"))
              .filter(f -> f.getFileName().toString().equals(key))
              .findFirst()
              .orElseThrow();
      return Files.readAllBytes(raw);
    }
  }

  private static byte[] restoreFrames(byte[] raw, Key key) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Arrays.stream(new String(raw, StandardCharsets.US_ASCII).split("\n"))
        .filter(line -> !line.isEmpty())
        .map(line -> restore(line.getBytes(StandardCharsets.US_ASCII), key))
        .forEach(frame -> content.write(frame, 32, frame.length - 32));
    return content.toByteArray();
  }

  private static byte[] restore(byte[] token, Key key) {
    return Token.fromString(new String(token, StandardCharsets.US_ASCII))
        .validateAndDecrypt(key, new Bytes());
  }

  /** Tokens of any age, as bytes. */
  private static final class Bytes implements Validator<byte[]> {
    @Override
    public Function<byte[], byte[]> getTransformer() {
      return bytes -> bytes;
    }

    @Override
    public TemporalAmount getTimeToLive() {
      return Duration.ofSeconds(Instant.now().getEpochSecond());
    }

    @Override
    public Predicate<byte[]> getObjectValidator() {
      return bytes -> true;
    }
  }
}
