package io.movingdata.gateway.tiering;

import io.movingdata.core.contract.PredictorApi;
import io.movingdata.core.contract.PredictorApi.Example;
import io.movingdata.gateway.http.JsonFields;
import io.movingdata.gateway.http.JsonStream;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The body of a request for a training, which may hold very many examples. Reading takes seconds:
 * not for an event loop.
 *
 * @param batches the examples, so many in each as one message takes; none to label files
 * @param roles the roles that the caller names, null where it names none
 * @param digest stands for the body
 */
record TrainingBody(List<List<Example>> batches, List<String> roles, String digest) {
  private static final int BATCH = 500;

  /** Reads and checks all of it. */
  static TrainingBody read(Buffer body, Set<String> tiers) {
    List<List<Example>> batches = new ArrayList<>();
    JsonFields fields =
        JsonStream.read(
            body, "records", PredictorApi.MOST_RECORDS, one -> add(batches, example(one, tiers)));
    boolean auto = fields.flag("auto_label");
    if (batches.isEmpty() != auto) {
      fields.refuse("records", "or auto_label: true must be given, and not both");
    }
    List<String> roles = fields.principalRoles();
    fields.check();
    return new TrainingBody(batches, roles, digest(body));
  }

  private static void add(List<List<Example>> batches, Example example) {
    if (batches.isEmpty() || batches.get(batches.size() - 1).size() == BATCH) {
      batches.add(new ArrayList<>());
    }
    batches.get(batches.size() - 1).add(example);
  }

  private static Example example(JsonFields fields, Set<String> tiers) {
    String tier = fields.text("target_tier");
    if (tier != null && !tiers.contains(tier)) {
      fields.refuse("target_tier", "must be one of " + tiers);
    }
    return new Example(RuleBody.features(fields), tier, fields.time("ts"));
  }

  private static String digest(Buffer body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
