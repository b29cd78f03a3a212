package io.movingdata.rules.decide;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.RulesApi.Evaluate;
import io.movingdata.core.contract.RulesApi.Evaluation;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.features.Feature;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.FileIds;
import io.movingdata.core.model.FileInsight;
import io.movingdata.core.model.FileRecord;
import io.movingdata.core.model.RuleSet;
import io.movingdata.rules.book.RuleBook;
import io.movingdata.rules.cost.PriceBook;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides on files and on feature vectors; changes nothing. */
public final class EvaluationService {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Bus bus;
  private final Clock clock;
  private final RuleBook rules;
  private final List<LocationConfig> locations;
  private final List<Candidate> places;

  public EvaluationService(NodeContext node, RuleBook rules, PriceBook prices) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.rules = rules;
    this.locations = node.config().locations();
    this.places =
        locations.stream()
            .map(place -> new Candidate(place.id(), place.tier(), prices.of(place)))
            .toList();
  }

  /** Carries out {@code RulesApi.EVALUATE}. */
  public Future<Evaluation> evaluate(Evaluate request) {
    if (request.fileId() == null && request.features() == null) {
      throw MovingDataException.of(ErrorCode.INVALID_REQUEST, "file_id or features must be given");
    }
    Future<RuleSet> inForce =
        request.rules() == null
            ? rules.current()
            : Future.succeededFuture(RuleCheck.check(request.rules()));
    return inForce.compose(
        set ->
            request.fileId() == null
                ? ofVector(request.features(), set)
                : file(FileIds.require(request.fileId()))
                    .compose(
                        file ->
                            insight(file.id())
                                .compose(insight -> ofFile(file, insight, request, set))));
  }

  private Future<FileRecord> file(String id) {
    return bus.request(CatalogApi.GET_FILE, new CatalogApi.GetFile(id, false))
        .map(
            reply -> {
              if (reply.file() == null) {
                throw MovingDataException.of(ErrorCode.OBJECT_NOT_FOUND, "no file of this id");
              }
              return reply.file();
            });
  }

  private Future<FileInsight> insight(String id) {
    return bus.request(InsightApi.GET_INSIGHTS, new InsightApi.FileIdList(List.of(id)))
        .map(found -> found.files().isEmpty() ? null : found.files().get(0));
  }

  private Future<Evaluation> ofFile(
      FileRecord file, FileInsight insight, Evaluate request, RuleSet set) {
    FileFeatures own = features(file, insight);
    FileFeatures features = request.features() == null ? own : over(own, request.features());
    return predictions(List.of(features), true)
        .map(said -> evaluation(file, features, set, said.get(0).orElse(null)));
  }

  /** What the model in force says of each; nothing where there is none, or it cannot be asked. */
  public Future<List<Optional<Prediction>>> predictions(List<FileFeatures> files, boolean explain) {
    List<Optional<Prediction>> none =
        files.stream().map(file -> Optional.<Prediction>empty()).toList();
    return bus.request(PredictorApi.PREDICT, new PredictorApi.Ask(files, explain), PATIENCE)
        .map(
            said ->
                said.model() == null || said.files().size() != files.size()
                    ? none
                    : said.files().stream()
                        .map(
                            one ->
                                Optional.of(
                                    new Prediction(
                                        said.model() + "/" + said.type(),
                                        one.tier(),
                                        one.confidence(),
                                        one.reasons(),
                                        said.bootstrap())))
                        .toList())
        .otherwise(none);
  }

  /** What is given takes the place of what is known, and of what was to be expected by that. */
  private static FileFeatures over(FileFeatures own, FileFeatures given) {
    Map<String, Double> all = new HashMap<>(own.values());
    if (given.values().containsKey(Feature.ACCESS_FREQ_PER_DAY.wire())) {
      all.remove(Feature.ACCESS_FREQ_EXPECTED.wire());
    }
    all.putAll(given.values());
    return new FileFeatures(all, own.currentTier(), own.cloudRegion());
  }

  /** What is known of a file. */
  public FileFeatures features(FileRecord file, FileInsight insight) {
    return FileFeatures.of(file, insight, location(file.primary()), clock.instant());
  }

  private LocationConfig location(String id) {
    return locations.stream()
        .filter(place -> place.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> MovingDataException.of(ErrorCode.UNKNOWN_LOCATION, id + " is not configured"));
  }

  /** The decision on a file that was read already. */
  public Evaluation evaluation(
      FileRecord file, FileFeatures features, RuleSet set, Prediction prediction) {
    Candidate here =
        places.stream()
            .filter(place -> place.location().equals(file.primary()))
            .findFirst()
            .orElseThrow();
    return new Evaluation(
        DecisionEngine.decide(
            new Question(
                file.id(),
                file.sizeBytes(),
                features,
                here,
                places,
                set,
                prediction,
                file.pinnedUntil(),
                clock.instant())),
        features);
  }

  private Future<Evaluation> ofVector(FileFeatures features, RuleSet set) {
    return predictions(List.of(features), true)
        .map(said -> ofVector(features, set, said.get(0).orElse(null)));
  }

  private Evaluation ofVector(FileFeatures features, RuleSet set, Prediction prediction) {
    Candidate here =
        places.stream()
            .filter(place -> place.tier().equals(features.currentTier()))
            .findFirst()
            .orElse(places.get(0));
    long bytes = (long) (features.get(Feature.SIZE_KB) * 1024);
    return new Evaluation(
        DecisionEngine.decide(
            new Question(
                null, bytes, features, here, places, set, prediction, null, clock.instant())),
        features);
  }
}
