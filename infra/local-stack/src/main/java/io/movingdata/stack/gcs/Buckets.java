package io.movingdata.stack.gcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All buckets, each a folder of its name. */
final class Buckets {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  private final Path folder;
  private final NavigableMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();

  private Buckets(Path folder) {
    this.folder = folder;
  }

  static Buckets open(Path folder) throws IOException, GcsException {
    Files.createDirectories(folder);
    Buckets all = new Buckets(folder);
    List<Path> folders;
    try (Stream<Path> files = Files.list(folder)) {
      folders = files.toList();
    }
    for (Path each : folders) {
      all.buckets.put(each.getFileName().toString(), Bucket.open(each));
    }
    return all;
  }

  Collection<Bucket> all() {
    return buckets.values();
  }

  Optional<Bucket> find(String name) {
    return Optional.ofNullable(buckets.get(name));
  }

  /**
   * A bucket.
   *
   * @throws GcsException 404 if there is none of that name
   */
  Bucket get(String name) throws GcsException {
    return find(name)
        .orElseThrow(() -> GcsException.notFound("The specified bucket does not exist."));
  }

  /**
   * Creates a bucket.
   *
   * @throws GcsException 409 if it exists, 400 if the name cannot be a bucket's
   */
  synchronized Bucket create(String name) throws IOException, GcsException {
    if (!NAME.matcher(name).matches() || name.contains("..")) {
      throw GcsException.invalid("Invalid bucket name: '" + name + "'");
    }
    if (buckets.containsKey(name)) {
      throw GcsException.conflict(
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    Files.createDirectory(folder.resolve(name));
    Bucket bucket = Bucket.open(folder.resolve(name));
    buckets.put(name, bucket);
    return bucket;
  }

  /**
   * Removes a bucket.
   *
   * @throws GcsException 409 if it is not empty
   */
  synchronized void delete(String name) throws IOException, GcsException {
    get(name).deleteSelf();
    buckets.remove(name);
  }
}
