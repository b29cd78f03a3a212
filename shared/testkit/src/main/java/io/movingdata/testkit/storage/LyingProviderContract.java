package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.testkit.Results;
import io.movingdata.testkit.net.FaultPlan;
import io.movingdata.testkit.net.FaultScript;
import io.movingdata.testkit.net.HttpFault;
import io.movingdata.testkit.net.HttpFaults;
import io.movingdata.testkit.net.LoggedExchange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every store takes answers that are lost, repeated, late, forged or out of date. */
abstract class LyingProviderContract extends FaultyStoreBase {
  private static final int MOST_TRIES = 6;
  static final Duration GIVES_UP = Duration.ofSeconds(50);
  private static final String HTML = "<html><body>Sign in to the network</body></html>";

  /** Names of calls that this provider is not asked for, such as {@code unfinished}. */
  protected abstract Set<String> callsWithoutRequests();

  /** Calls that a success without a word answers properly. */
  protected abstract Set<String> callsWithoutWords();

  final StoreCalls asked(ObjectStore of) {
    return calls(of).without(callsWithoutRequests()::contains);
  }

  private StoreCalls asked() {
    return asked(store());
  }

  private Map<String, Future<?>> under(FaultPlan faults, StoreCalls calls) {
    liar().plan(faults);
    return calls.all();
  }

  private void allSucceed(Map<String, Future<?>> outcomes, StoreCalls calls) {
    outcomes.forEach((name, future) -> assertThat(failure(future)).as(name).isNull());
    liar().heal();
    theirEffectsAreThere(outcomes, calls);
  }

  private void theirEffectsAreThere(Map<String, Future<?>> outcomes, StoreCalls calls) {
    outcome(calls.completeThePart((String) outcomes.get(StoreCalls.PART).result()));
    for (String stored : List.of(StoreCalls.PUT, StoreCalls.PART, StoreCalls.COMPLETE)) {
      assertThat(content(calls.key(stored))).as(stored).isEqualTo(StoreCalls.BODY);
    }
    for (String gone : List.of(StoreCalls.DELETE, StoreCalls.ABORT)) {
      assertThat(exists(calls.key(gone))).as(gone).isFalse();
    }
  }

  private static Throwable failure(Future<?> future) {
    return outcome(future.<Throwable>map(done -> null).otherwise(failure -> failure));
  }

  /** Every call ended by itself, none with success. */
  static void allGivenUp(Map<String, Future<?>> outcomes) {
    outcomes.forEach(
        (name, future) -> {
          await(name).atMost(GIVES_UP).until(future::isComplete);
          assertThat(MovingDataException.is(future.cause(), ErrorCode.PROVIDER_DOWN))
              .as("%s: %s", name, future)
              .isTrue();
        });
  }

  private static void allRefused(Map<String, Future<?>> outcomes, ErrorCode... codes) {
    outcomes.forEach(
        (name, future) ->
            assertThat(failure(future))
                .as(name)
                .isInstanceOfSatisfying(
                    MovingDataException.class,
                    refusal -> assertThat(refusal.code()).as(name).isIn((Object[]) codes)));
  }

  /** Every question that was asked, with its answers in order. */
  private Map<String, List<LoggedExchange>> byQuestion(int from) {
    return liar().log().stream()
        .skip(from)
        .collect(Collectors.groupingBy(each -> each.method() + " " + each.uri()));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void everyCallIsRepeatedAfterARefusalThatPasses(int status) {
    StoreCalls calls = asked();
    int before = liar().log().size();
    HttpFault refused = HttpFaults.answered(status, Map.of("retry-after", "1"), "");

    allSucceed(under(FaultPlan.firstOfEach(refused), calls), calls);

    assertThat(byQuestion(before).values())
        .filteredOn(answers -> answers.size() == 2)
        .isNotEmpty()
        .allSatisfy(
            answers ->
                assertThat(answers.get(1).begun())
                    .as(answers.get(1).method() + " " + answers.get(1).uri())
                    .isAfterOrEqualTo(answers.get(0).ended().plusMillis(1_000)));
  }

  @Test
  void noCallIsRepeatedForEver() {
    StoreCalls calls = asked();
    int before = liar().log().size();

    allRefused(
        under(FaultPlan.always(HttpFaults.answered(503, Map.of(), "")), calls),
        ErrorCode.PROVIDER_BUSY);

    assertThat(byQuestion(before).values())
        .allSatisfy(answers -> assertThat(answers).hasSizeBetween(2, MOST_TRIES));
  }

  @Test
  void aLongWaitIsLeftToTheCaller() {
    StoreCalls calls = asked();
    int before = liar().log().size();
    HttpFault refused = HttpFaults.answered(503, Map.of("retry-after", "600"), "");

    Map<String, Future<?>> outcomes = under(FaultPlan.always(refused), calls);

    allRefused(outcomes, ErrorCode.PROVIDER_BUSY);
    assertThat(outcomes.values())
        .allSatisfy(
            future ->
                assertThat(((MovingDataException) future.cause()).retryAfterMs())
                    .isEqualTo(600_000));
    assertThat(byQuestion(before).values()).allSatisfy(answers -> assertThat(answers).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalThatStaysIsNotRepeated(int status) {
    StoreCalls calls = asked();
    int before = liar().log().size();

    allRefused(
        under(FaultPlan.always(HttpFaults.answered(status, Map.of(), "")), calls),
        ErrorCode.PROVIDER_REJECTED);

    assertThat(byQuestion(before).values()).allSatisfy(answers -> assertThat(answers).hasSize(1));
    liar().heal();
    assertThat(exists(calls.key(StoreCalls.DELETE))).isTrue();
    outcome(calls.make(StoreCalls.PUT));
  }

  @Test
  void aRequestWhoseAnswerIsLostIsFoundDone() {
    StoreCalls calls = asked();
    allSucceed(under(FaultPlan.firstOfEach(HttpFaults.lostResponse()), calls), calls);
  }

  @Test
  void aRequestThatIsLostIsSentAgain() {
    StoreCalls calls = asked();
    allSucceed(under(FaultPlan.firstOfEach(HttpFaults.lostRequest()), calls), calls);
  }

  @Test
  void aRequestThatArrivesTwiceIsDoneOnce() {
    StoreCalls calls = asked();
    allSucceed(under(FaultPlan.always(HttpFaults.duplicated()), calls), calls);
  }

  @Test
  void anAnswerThatIsResetIsAskedForAgain() {
    StoreCalls calls = asked().without(StoreCalls.READ::equals);
    allSucceed(under(FaultPlan.firstOfEach(HttpFaults.resetDown(0)), calls), calls);
  }

  @Test
  void aRequestThatIsCutIsSentAgain() {
    StoreCalls calls = asked();
    allSucceed(under(FaultPlan.firstOfEach(HttpFaults.cutUp(40_000)), calls), calls);
  }

  @Test
  void bytesThatAreDamagedOnTheWayUpAreNeverStored() {
    StoreCalls calls = asked();
    Map<String, Future<?>> outcomes =
        under(FaultPlan.firstOfEach(HttpFaults.flippedUp(60_000)), calls);

    for (String sent : List.of(StoreCalls.PUT, StoreCalls.PART)) {
      Throwable refused = failure(outcomes.get(sent));
      assertThat(refused == null || MovingDataException.is(refused, ErrorCode.CHECKSUM_MISMATCH))
          .as(sent)
          .isTrue();
    }
    liar().heal();
    if (outcomes.get(StoreCalls.PART).succeeded()) {
      outcome(calls.completeThePart((String) outcomes.get(StoreCalls.PART).result()));
    }
    for (String sent : List.of(StoreCalls.PUT, StoreCalls.PART)) {
      assertThat(exists(calls.key(sent))).isEqualTo(outcomes.get(sent).succeeded());
      if (exists(calls.key(sent))) {
        assertThat(content(calls.key(sent))).as(sent).isEqualTo(StoreCalls.BODY);
      }
    }
  }

  @Test
  void aPageOfHtmlIsNoSuccess() {
    StoreCalls calls = asked();
    HttpFault page = HttpFaults.answered(200, Map.of("content-type", "text/html"), HTML);

    allRefused(under(FaultPlan.always(page), calls), ErrorCode.PROVIDER_DOWN);

    assertThat(exists(calls.key(StoreCalls.DELETE))).isTrue();
  }

  @Test
  void aPageOfHtmlDoesNotSayThatSomethingIsMissing() {
    StoreCalls calls = asked();
    HttpFault page = HttpFaults.answered(404, Map.of("content-type", "text/html"), HTML);

    Map<String, Future<?>> outcomes = under(FaultPlan.always(page), calls);

    for (String about : List.of("probe", "stat", StoreCalls.READ, StoreCalls.DELETE, "list")) {
      Results.refusal(outcomes.get(about), ErrorCode.PROVIDER_DOWN);
    }
  }

  @Test
  void anEmptySuccessIsNone() {
    StoreCalls calls = asked().without(callsWithoutWords()::contains);
    allRefused(
        under(FaultPlan.always(HttpFaults.answered(200, Map.of(), "")), calls),
        ErrorCode.PROVIDER_DOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void noRedirectIsFollowed(int status) {
    AtomicInteger elsewhere = new AtomicInteger();
    HttpServer other =
        vertx()
            .createHttpServer()
            .connectionHandler(connection -> elsewhere.incrementAndGet())
            .requestHandler(request -> request.response().end());
    outcome(other.listen(0, "127.0.0.1"));
    URI there = URI.create("http://127.0.0.1:" + other.actualPort() + "/latest/meta-data");

    StoreCalls calls = asked().without("parts"::equals);
    HttpFault redirect = HttpFaults.answered(status, Map.of("location", there.toString()), "");
    allRefused(
        under(FaultPlan.always(redirect), calls),
        ErrorCode.PROVIDER_DOWN,
        ErrorCode.PROVIDER_REJECTED);

    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    StoreCalls calls = asked(hasty());

    Map<String, Future<?>> outcomes = under(FaultPlan.always(HttpFaults.silence()), calls);

    allGivenUp(outcomes);
  }

  @Test
  void whatWasNotThereBeforeIsDeletedAllTheSame() {
    StoreCalls calls = asked();
    liar().plan(FaultScript.on("HEAD|GET", calls.key(StoreCalls.PUT), HttpFaults.stale()));
    Results.refusal(store().stat(calls.key(StoreCalls.PUT)), ErrorCode.OBJECT_NOT_FOUND);

    outcome(calls.make(StoreCalls.PUT));
    outcome(store().delete(calls.key(StoreCalls.PUT), null));

    assertThat(exists(calls.key(StoreCalls.PUT))).isFalse();
  }
}
