package io.movingdata.core.contract;

import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Done;
import io.movingdata.core.features.FileFeatures;
import io.movingdata.core.model.Drift;
import io.movingdata.core.model.ModelCard;
import io.movingdata.core.model.Requester;
import io.movingdata.core.model.Training;
import java.time.Instant;
import java.util.List;

/** From a feature vector to a tier, and models that learn it. */
public final class PredictorApi {
  /** Most feature vectors in one question, and most examples in one message. */
  public static final int MOST = 1_000;

  /** Most records in one training. */
  public static final int MOST_RECORDS = 200_000;

  private static final String OWNER = "predictor";

  private PredictorApi() {}

  /** What the model in force says; {@code model} null, and no predictions, where there is none. */
  public static final Address<Ask, Predictions> PREDICT =
      Address.of(OWNER, "predict", Ask.class, Predictions.class);

  /**
   * Opens a training on the node that answers: it runs at once where files are to be labelled by
   * themselves, and otherwise collects examples first. {@code OVERLOADED} where the node trains.
   */
  public static final Address<OpenTraining, Training> OPEN_TRAINING =
      Address.of(OWNER, "training-open", OpenTraining.class, Training.class);

  /** How a training stands; {@code OBJECT_NOT_FOUND} where there is none of that id. */
  public static final Address<TrainingRef, Training> GET_TRAINING =
      Address.of(OWNER, "training-get", TrainingRef.class, Training.class);

  /** Ends a training; {@code CONFLICT} where it has ended, or its model is being kept already. */
  public static final Address<TrainingRef, Training> CANCEL_TRAINING =
      Address.of(OWNER, "training-cancel", TrainingRef.class, Training.class);

  /** Models, the latest first, with what is known of the one in force. */
  public static final Address<Done, Models> MODELS =
      Address.of(OWNER, "models", Done.class, Models.class);

  /** How far files have drifted from what the model in force was trained on. */
  public static final Address<Done, DriftReply> DRIFT =
      Address.of(OWNER, "drift", Done.class, DriftReply.class);

  /** Puts a model in force. {@code OBJECT_NOT_FOUND} where there is none of that version. */
  public static final Address<Activate, Models> ACTIVATE =
      Address.of(OWNER, "activate", Activate.class, Models.class);

  /** Adds examples to a training that collects them, on the node where it is. */
  public static Address<AddExamples, Training> addExamples(String nodeId) {
    return Address.of(OWNER, "training-add." + nodeId, AddExamples.class, Training.class);
  }

  /** Lets a training that collected its examples run, on the node where it is. */
  public static Address<TrainingRef, Training> beginTraining(String nodeId) {
    return Address.of(OWNER, "training-begin." + nodeId, TrainingRef.class, Training.class);
  }

  /** Feature vectors; {@code explain}: whether to say which features decided. */
  public record Ask(List<FileFeatures> files, boolean explain) {
    public Ask {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }

  /** One answer; {@code confidence} is calibrated on the hold-out. */
  public record Predicted(String tier, double confidence, List<String> reasons) {
    public Predicted {
      reasons = reasons == null ? List.of() : List.copyOf(reasons);
    }
  }

  /**
   * Answers in the order of the questions.
   *
   * @param bootstrap whether the model is the one that nobody trained: it is never sure
   */
  public record Predictions(String model, String type, boolean bootstrap, List<Predicted> files) {
    public Predictions {
      files = files == null ? List.of() : List.copyOf(files);
    }
  }

  /** A feature vector and where it belongs; {@code ts} null where only the order tells the time. */
  public record Example(FileFeatures features, String targetTier, Instant ts) {}

  /** Who trains; {@code autoLabel}: on the files that there are, or else on examples to come. */
  public record OpenTraining(boolean autoLabel, Requester requester) {}

  /** Examples, at most {@link #MOST}. */
  public record AddExamples(String trainingId, List<Example> examples) {
    public AddExamples {
      examples = examples == null ? List.of() : List.copyOf(examples);
    }
  }

  /** Names a training. */
  public record TrainingRef(String trainingId, Requester requester) {}

  /**
   * Models.
   *
   * @param inForce the version in force, null for none
   * @param shadow how the newest model does beside it, null where none is tried
   * @param drift how far files have drifted, null where nobody has looked yet
   */
  public record Models(String inForce, Shadow shadow, Drift drift, List<ModelCard> models) {
    public Models {
      models = models == null ? List.of() : List.copyOf(models);
    }
  }

  /**
   * A model that is asked what the one in force is asked, and is not listened to yet.
   *
   * @param wanted how many answers are compared before it may take over; 0: it never does by itself
   * @param soFar the comparison as far as it has come
   */
  public record Shadow(String version, long wanted, Instant since, ModelCard.Comparison soFar) {}

  /** Drift, null where nobody has looked yet. */
  public record DriftReply(Drift drift) {}

  /** Names a model. */
  public record Activate(String version, Requester requester) {}
}
