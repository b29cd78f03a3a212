package io.movingdata.stack.gcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The live objects of one bucket. Each has two files, both named by a hash of the object's name,
 * which can be any text: the content of one generation, and the metadata that say which generation
 * is the live one. Replacing the metadata file is what publishes an object.
 */
final class Bucket {

  private static final String METADATA = ".json";
  private static final String CONTENT = ".data";

  private final String name;
  private final Path folder;
  private final Instant created;
  private final NavigableMap<String, StoredObject> objects =
      new ConcurrentSkipListMap<>(NameOrder.BY_UTF8);
  private long lastGeneration;

  private Bucket(String name, Path folder, Instant created) {
    this.name = name;
    this.folder = folder;
    this.created = created;
  }

  /** Opens the bucket in a folder, and removes content that no metadata name. */
  static Bucket open(Path folder) throws IOException, GcsException {
    Bucket bucket =
        new Bucket(
            folder.getFileName().toString(),
            folder,
            Files.getLastModifiedTime(folder).toInstant().truncatedTo(ChronoUnit.MILLIS));
    Set<Path> known = new HashSet<>();
    for (Path file : list(folder)) {
      if (file.toString().endsWith(METADATA)) {
        StoredObject object = StoredObject.ofJson(Json.read(Files.readAllBytes(file)));
        bucket.objects.put(object.name(), object);
        bucket.lastGeneration = Math.max(bucket.lastGeneration, object.generation());
        known.add(file);
        known.add(bucket.contentFile(object));
      }
    }
    for (Path file : list(folder)) {
      if (!known.contains(file)) {
        Files.delete(file);
      }
    }
    return bucket;
  }

  String name() {
    return name;
  }

  /** The objects by name, in the order of a listing. */
  NavigableMap<String, StoredObject> objects() {
    return objects;
  }

  Optional<StoredObject> find(String object) {
    return Optional.ofNullable(objects.get(object));
  }

  /**
   * The live object.
   *
   * @throws GcsException 404 if there is none
   */
  StoredObject get(String object) throws GcsException {
    return find(object)
        .orElseThrow(() -> GcsException.notFound("No such object: " + name + "/" + object));
  }

  /**
   * Makes a file the content of an object; the file moves into the bucket.
   *
   * @param content a file that is forced to the disk
   * @throws GcsException 412 if the preconditions do not hold; the file stays then
   */
  synchronized StoredObject put(NewObject object, Path content, Checksums.Values sums)
      throws IOException, GcsException {
    Optional<StoredObject> replaced = find(object.name());
    object.preconditions().check(replaced);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    lastGeneration =
        Math.max(lastGeneration + 1, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    StoredObject stored =
        new StoredObject(
            object.name(), lastGeneration, 1, sums, now, now, object.settings(), object.uploadId());
    AtomicFiles.move(content, contentFile(stored));
    publish(stored);
    if (replaced.isPresent()) {
      Files.deleteIfExists(contentFile(replaced.get()));
    }
    return stored;
  }

  /** Changes the settings of the live object; a null in the patch removes a setting. */
  synchronized StoredObject patch(String object, ObjectNode patch, Preconditions preconditions)
      throws IOException, GcsException {
    StoredObject live = get(object);
    preconditions.check(Optional.of(live));
    ObjectNode settings = live.settings().deepCopy();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getKey().equals("metadata") && field.getValue() instanceof ObjectNode changes) {
        ObjectNode merged = settings.withObject("metadata");
        changes.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        merged.properties().removeIf(entry -> entry.getValue().isNull());
      } else {
        settings.set(field.getKey(), field.getValue());
      }
    }
    StoredObject changed =
        live.withSettings(
            StoredObject.settingsOf(settings), Instant.now().truncatedTo(ChronoUnit.MILLIS));
    publish(changed);
    return changed;
  }

  /**
   * Removes the live object.
   *
   * @throws GcsException 404 if there is none, 412 if the preconditions do not hold
   */
  synchronized void delete(String object, Preconditions preconditions)
      throws IOException, GcsException {
    StoredObject live = get(object);
    preconditions.check(Optional.of(live));
    AtomicFiles.delete(metadataFile(object));
    objects.remove(object);
    Files.deleteIfExists(contentFile(live));
  }

  /** Removes the bucket itself, which must be empty. */
  synchronized void deleteSelf() throws IOException, GcsException {
    if (!objects.isEmpty()) {
      throw GcsException.conflict("The bucket you tried to delete is not empty.");
    }
    for (Path file : list(folder)) {
      Files.delete(file);
    }
    AtomicFiles.delete(folder);
  }

  /** Opens the content of a generation, which stays readable while a newer one replaces it. */
  FileChannel open(StoredObject object) throws IOException, GcsException {
    try {
      return FileChannel.open(contentFile(object));
    } catch (NoSuchFileException e) {
      throw GcsException.notFound("No such object: " + name + "/" + object.name());
    }
  }

  /** As a client sees it. */
  ObjectNode toResource(String baseUrl) {
    ObjectNode resource = Json.object();
    resource.put("kind", "storage#bucket").put("id", name).put("name", name);
    resource.put("selfLink", baseUrl + "/storage/v1/b/" + name);
    resource.put("projectNumber", "1").put("metageneration", "1").put("etag", "CAE=");
    resource.put("location", "LOCAL").put("locationType", "region");
    resource.put("storageClass", "STANDARD");
    resource.put("timeCreated", created.toString()).put("updated", created.toString());
    return resource;
  }

  private void publish(StoredObject object) throws IOException {
    AtomicFiles.write(metadataFile(object.name()), Json.bytes(object.toJson()));
    objects.put(object.name(), object);
  }

  private Path metadataFile(String object) {
    return folder.resolve(hash(object) + METADATA);
  }

  private Path contentFile(StoredObject object) {
    return folder.resolve(hash(object.name()) + "." + object.generation() + CONTENT);
  }

  private static String hash(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
