package io.movingdata.core.bus;

import static io.movingdata.core.bus.Echo.NEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.Outcome;
import io.movingdata.core.bus.Echo.Answer;
import io.movingdata.core.bus.Echo.Ask;
import io.movingdata.core.cluster.ClusterSettings;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.error.MovingDataException.FieldError;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes in one JVM that find each other on loopback, as separate processes do. */
class ClusterIT {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00.123456789Z");

  private static final String NAME = "test-" + UUID.randomUUID();

  private static Bus near;
  private static Bus far;

  /**
   * Of one test alone: what nodes remember of an address follows its registrations a little late.
   */
  private final Address<Ask, Answer> echo =
      Address.of("test", "echo-" + UUID.randomUUID(), Ask.class, Answer.class);

  private final List<Registration> registrations = new ArrayList<>();

  @BeforeAll
  static void start() {
    near = join(NAME);
    far = join(NAME);
  }

  @AfterAll
  static void stop() {
    Outcome.of(far.vertx().close());
    Outcome.of(near.vertx().close());
  }

  @AfterEach
  void unregister() {
    registrations.forEach(registration -> Outcome.of(registration.close()));
  }

  private static Bus join(String name) {
    NodeConfig.Cluster cluster =
        new NodeConfig.Cluster(true, name, "127.0.0.1", 0, 0, List.of(), null);
    return new Bus(
        Outcome.of(
            Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(ClusterSettings.bus(cluster)))
                .withClusterManager(ClusterSettings.manager(cluster))
                .buildClustered()));
  }

  private void farServes() {
    registrations.add(Outcome.of(far.serve(echo, new Echo("far")::answer)));
  }

  private MovingDataException refusal(String what) {
    return refusal(what, Duration.ofSeconds(15));
  }

  private MovingDataException refusal(String what, Duration timeout) {
    return catchThrowableOfType(
        MovingDataException.class,
        () -> Outcome.of(near.request(echo, new Ask(what, NOW), timeout)));
  }

  private List<String> whoAnswers() {
    return IntStream.range(0, 20)
        .mapToObj(i -> Outcome.of(near.request(echo, new Ask("who", NOW))).who())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void aRequestReachesAServiceOnAnotherNode() {
    farServes();
    assertThat(Outcome.of(near.request(echo, new Ask("hello", NOW))))
        .isEqualTo(new Answer("far", "hello", NOW));
  }

  @Test
  void aRefusalCrossesNodesWithCodeMessageWaitAndFields() {
    farServes();
    MovingDataException refusal = refusal("refuse");
    assertThat(refusal.code()).isEqualTo(ErrorCode.PROVIDER_BUSY);
    assertThat(refusal).hasMessage("come back later");
    assertThat(refusal.retryAfterMs()).isEqualTo(1_500);
    assertThat(refusal.fields()).containsExactly(new FieldError("what", "is refused"));
  }

  @Test
  void anIncidentDoesNotCarryItsCauseToAnotherNode() {
    farServes();
    assertThat(refusal("break")).hasMessageStartingWith("incident ").hasNoCause();
  }

  @Test
  void silenceOfAnotherNodeIsATimeOut() {
    farServes();
    assertThat(refusal("silence", Duration.ofSeconds(1)).code())
        .isEqualTo(ErrorCode.SERVICE_TIMEOUT);
  }

  @Test
  void aServiceOnTheOwnNodeIsPreferredWhileItIsThere() {
    farServes();
    Registration own = Outcome.of(near.serve(echo, new Echo("near")::answer));
    assertThat(whoAnswers()).containsExactly("near");
    Outcome.of(own.close());
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(whoAnswers()).containsExactly("far"));
  }

  @Test
  void aNodeThatLeavesTakesItsServicesWithIt() {
    assertThat(refusal("hello").code()).isEqualTo(ErrorCode.SERVICE_ABSENT);
    Bus leaving = join(NAME);
    Outcome.of(leaving.serve(echo, new Echo("leaving")::answer));
    assertThat(whoAnswers()).containsExactly("leaving");
    Outcome.of(leaving.vertx().close());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(refusal("hello").code()).isEqualTo(ErrorCode.SERVICE_ABSENT));
  }

  @Test
  void anEventReachesListenersOnEveryNode() {
    List<String> heard = new CopyOnWriteArrayList<>();
    registrations.add(Outcome.of(near.subscribe(NEWS, ask -> heard.add("near " + ask.what()))));
    registrations.add(Outcome.of(far.subscribe(NEWS, ask -> heard.add("far " + ask.what()))));
    near.publish(NEWS, new Ask("news", NOW));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("near news", "far news"));
  }

  @Test
  void nodesOfAnotherNameAreNotJoined() {
    Bus stranger = join("other-" + NAME);
    try {
      farServes();
      MovingDataException refusal =
          catchThrowableOfType(
              MovingDataException.class,
              () -> Outcome.of(stranger.request(echo, new Ask("hello", NOW))));
      assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_ABSENT);
    } finally {
      Outcome.of(stranger.vertx().close());
    }
  }
}
