package io.movingdata.stack.gcs;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state in which the live object must be for a request to be carried out.
 *
 * @param generation its generation, 0 for «must not exist»
 * @param notGeneration the generation that it must not have, 0 for «must exist»
 * @param metageneration its metageneration
 * @param notMetageneration the metageneration that it must not have
 */
record Preconditions(
    Optional<Long> generation,
    Optional<Long> notGeneration,
    Optional<Long> metageneration,
    Optional<Long> notMetageneration) {

  private static final String GENERATION = "ifGenerationMatch";
  private static final String NOT_GENERATION = "ifGenerationNotMatch";
  private static final String METAGENERATION = "ifMetagenerationMatch";
  private static final String NOT_METAGENERATION = "ifMetagenerationNotMatch";

  /** From the parameters of a request. */
  static Preconditions of(Map<String, String> query) throws GcsException {
    return new Preconditions(
        number(query, GENERATION),
        number(query, NOT_GENERATION),
        number(query, METAGENERATION),
        number(query, NOT_METAGENERATION));
  }

  /** From what {@link #toJson} wrote. */
  static Preconditions ofJson(JsonNode json) {
    return new Preconditions(
        number(json, GENERATION),
        number(json, NOT_GENERATION),
        number(json, METAGENERATION),
        number(json, NOT_METAGENERATION));
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    generation.ifPresent(value -> json.put(GENERATION, value));
    notGeneration.ifPresent(value -> json.put(NOT_GENERATION, value));
    metageneration.ifPresent(value -> json.put(METAGENERATION, value));
    notMetageneration.ifPresent(value -> json.put(NOT_METAGENERATION, value));
    return json;
  }

  /**
   * Compares them with the live object, if there is one.
   *
   * @throws GcsException 412 if they do not hold
   */
  void check(Optional<StoredObject> live) throws GcsException {
    long is = live.map(StoredObject::generation).orElse(0L);
    long metaIs = live.map(StoredObject::metageneration).orElse(0L);
    boolean holds =
        generation.orElse(is) == is
            && metageneration.orElse(metaIs) == metaIs
            && !notGeneration.equals(Optional.of(is))
            && !notMetageneration.equals(Optional.of(metaIs));
    if (!holds) {
      throw GcsException.conditionNotMet();
    }
  }

  private static Optional<Long> number(Map<String, String> query, String name) throws GcsException {
    String value = query.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(value));
    } catch (NumberFormatException e) {
      throw GcsException.invalid("Invalid value for " + name + ": " + value);
    }
  }

  private static Optional<Long> number(JsonNode json, String name) {
    return json.has(name) ? Optional.of(json.get(name).longValue()) : Optional.empty();
  }
}
