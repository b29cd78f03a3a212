package io.movingdata.e2e.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.LocalSystem;
import io.movingdata.e2e.outage.Traffic.Told;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold once everything is back. */
final class Verdict {
  /** A part that the server had begun to write when it was killed; it leaves it there. */
  private static final Pattern BEGUN =
      Pattern.compile("\\.mpus-.*-\\d+-\\p{XDigit}{8}(-\\p{XDigit}+){4}");

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Set<String> ENDED = Set.of("done", "aborted");

  private final String bucket;
  private final Path s3;
  private final Api api;

  /** Of a system; its S3 server keeps its data in a folder. */
  Verdict(LocalSystem system, Path s3, Api api) {
    this.bucket = "/" + system.bucket("s3") + "/";
    this.s3 = s3;
    this.api = api;
  }

  /** Of a system on the shared servers. */
  Verdict(LocalSystem system, Api api) {
    this(system, system.stackData(), api);
  }

  /** Every move ends by itself, nothing that was acknowledged is lost, garbage goes. */
  void converges(Map<String, byte[]> acknowledged) {
    await("every move has ended")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .failFast("an outage is no reason to give up", () -> states().contains("stuck"))
        .untilAsserted(() -> assertThat(states()).contains("done").isSubsetOf(ENDED));
    acknowledged.forEach(
        (id, content) -> assertThat(api.download(id).body()).as(id).isEqualTo(content));
    await("garbage is gone: s3 holds the copies that files have there")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .untilAsserted(() -> assertThat(storedAtS3()).hasSize(copiesAtS3()));
  }

  private Set<String> states() {
    return api.get("/moves?limit=1000").array().stream()
        .map(move -> ((JsonObject) move).getString("state"))
        .collect(Collectors.toSet());
  }

  private int copiesAtS3() {
    JsonArray locations = api.get("/locations").array();
    return locations.stream()
        .map(JsonObject.class::cast)
        .filter(l -> l.getString("id").equals("s3"))
        .mapToInt(l -> l.getInteger("copies"))
        .sum();
  }

  /** The objects that lie at s3, as its server keeps them. */
  Set<Path> storedAtS3() {
    try (Stream<Path> files = Files.walk(s3)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.toString().contains(bucket))
          .filter(f -> !BEGUN.matcher(f.getFileName().toString()).matches())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every refusal was honest: prompt, to be tried again, and no fault of ours. */
  static void honest(List<Told> told, Duration longest) {
    assertThat(told)
        .allSatisfy(
            answer -> {
              assertThat(answer.ms()).as(answer.toString()).isLessThan(longest.toMillis());
              if (answer.status() >= 500) {
                assertThat(answer.status()).as(answer.toString()).isIn(503, 504);
                assertThat(answer.retryAfter()).as(answer.toString()).isNotEmpty();
              }
            });
  }
}
