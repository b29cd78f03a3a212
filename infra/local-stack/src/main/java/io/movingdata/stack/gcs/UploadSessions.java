package io.movingdata.stack.gcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resumable uploads, also the completed ones, for a week. Each has a file that describes it and
 * one with what it has received; both outlive the process.
 */
final class UploadSessions {

  private static final Duration LIFE = Duration.ofDays(7);
  private static final String DESCRIPTION = ".json";
  private static final String CONTENT = ".data";

  private final Path folder;
  private final Buckets buckets;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();

  private UploadSessions(Path folder, Buckets buckets) {
    this.folder = folder;
    this.buckets = buckets;
  }

  static UploadSessions open(Path folder, Buckets buckets) throws IOException, GcsException {
    Files.createDirectories(folder);
    UploadSessions all = new UploadSessions(folder, buckets);
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    for (Path file : files) {
      if (file.toString().endsWith(DESCRIPTION)) {
        all.load(file);
      }
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!all.sessions.containsKey(name.replaceFirst("\\..*$", ""))) {
        Files.deleteIfExists(file);
      }
    }
    return all;
  }

  /** Begins an upload. */
  UploadSession begin(String bucket, NewObject wanted, OptionalLong total)
      throws IOException, GcsException {
    wanted.checked().preconditions().check(buckets.get(bucket).find(wanted.name()));
    byte[] secret = new byte[24];
    random.nextBytes(secret);
    String id = HexFormat.of().formatHex(secret);
    UploadSession session =
        new UploadSession(id, bucket, wanted.uploadedBy(id), content(id), total);
    describe(session);
    sessions.put(id, session);
    return session;
  }

  /**
   * An upload.
   *
   * @throws GcsException 404 if there is none with that id
   */
  UploadSession get(String id) throws GcsException {
    UploadSession session = sessions.get(id);
    if (session == null) {
      throw GcsException.notFound("No such upload session");
    }
    return session;
  }

  /** Ends an upload whose bytes are all there, and publishes its object. */
  StoredObject finish(UploadSession session, DeclaredSums alsoDeclared)
      throws IOException, GcsException {
    synchronized (session) {
      Optional<StoredObject> before = session.result();
      if (before.isPresent()) {
        return before.get();
      }
      try {
        Checksums.Values sums = session.seal();
        session.object().declared().check(sums);
        alsoDeclared.check(sums);
        StoredObject stored =
            buckets.get(session.bucket()).put(session.object(), session.file(), sums);
        session.complete(stored);
        describe(session);
        return stored;
      } catch (GcsException e) {
        drop(session);
        throw e;
      }
    }
  }

  /** Forgets an upload and what it has received. */
  void drop(UploadSession session) throws IOException {
    sessions.remove(session.id());
    AtomicFiles.delete(description(session.id()));
    Files.deleteIfExists(content(session.id()));
  }

  private void describe(UploadSession session) throws IOException {
    NewObject object = session.object();
    ObjectNode json = Json.object();
    json.put("bucket", session.bucket()).put("name", object.name());
    json.set("settings", object.settings());
    json.put("md5Hash", object.declared().md5Hash()).put("crc32c", object.declared().crc32c());
    json.set("preconditions", object.preconditions().toJson());
    session.total().ifPresent(total -> json.put("total", total));
    session.result().ifPresent(result -> json.set("result", result.toJson()));
    AtomicFiles.write(description(session.id()), Json.bytes(json));
  }

  private void load(Path file) throws IOException, GcsException {
    if (Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(LIFE))) {
      return;
    }
    String id = file.getFileName().toString().replace(DESCRIPTION, "");
    ObjectNode json = Json.read(Files.readAllBytes(file));
    NewObject object =
        new NewObject(
            json.get("name").stringValue(),
            (ObjectNode) json.get("settings"),
            DeclaredSums.ofResource(json),
            Preconditions.ofJson(json.get("preconditions")),
            id);
    String bucket = json.get("bucket").stringValue();
    Optional<StoredObject> result =
        json.get("result") instanceof ObjectNode stored
            ? Optional.of(StoredObject.ofJson(stored))
            : publishedBy(bucket, object);
    if (result.isEmpty() && !Files.exists(content(id))) {
      return;
    }
    OptionalLong total =
        json.has("total") ? OptionalLong.of(json.get("total").longValue()) : OptionalLong.empty();
    UploadSession session = new UploadSession(id, bucket, object, content(id), total);
    result.ifPresent(session::complete);
    sessions.put(id, session);
  }

  /** The object, if the process was killed after it was published and before that was noted. */
  private Optional<StoredObject> publishedBy(String bucket, NewObject object) {
    return buckets
        .find(bucket)
        .flatMap(found -> found.find(object.name()))
        .filter(stored -> stored.uploadId().equals(object.uploadId()));
  }

  private Path description(String id) {
    return folder.resolve(id + DESCRIPTION);
  }

  private Path content(String id) {
    return folder.resolve(id + CONTENT);
  }
}
