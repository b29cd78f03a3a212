package io.movingdata.storage.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.movingdata.core.error.MovingDataException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upload in blocks. Azure has no such thing: the blocks of a blob share one list until one call
 * makes the blob of them. So the id, which is made here, holds what that call needs to know, and
 * the names of the blocks say to which upload each belongs.
 *
 * @param generation 12 hexadecimal digits of the time it began, 8 random ones
 * @param metadata of the object to be
 */
record AzureUploadId(String generation, Map<String, String> metadata) {
  private static final Pattern TEXT = Pattern.compile("([0-9a-f]{20})\\.([A-Za-z0-9_-]*)");
  private static final Pattern BLOCK = Pattern.compile("([0-9a-f]{20})([0-9]{7})");

  /** A block of some upload. */
  record Block(String generation, int number) {}

  AzureUploadId {
    metadata = Map.copyOf(metadata);
  }

  /** A new upload. */
  static AzureUploadId begin(Instant now, Map<String, String> metadata) {
    int random = ThreadLocalRandom.current().nextInt();
    return new AzureUploadId("%012x%08x".formatted(now.toEpochMilli(), random), metadata);
  }

  /**
   * Reads an id.
   *
   * @throws MovingDataException {@code INVALID_REQUEST} for anything that is not one
   */
  static AzureUploadId parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw notOne();
    }
    Map<String, String> metadata = new TreeMap<>();
    for (String line : decoded(matcher.group(2)).lines().toList()) {
      int end = line.indexOf('=');
      if (end < 1) {
        throw notOne();
      }
      metadata.put(line.substring(0, end), line.substring(end + 1));
    }
    return new AzureUploadId(matcher.group(1), metadata);
  }

  private static String decoded(String lines) {
    try {
      return new String(Base64.getUrlDecoder().decode(lines), UTF_8);
    } catch (IllegalArgumentException e) {
      throw notOne();
    }
  }

  private static MovingDataException notOne() {
    return MovingDataException.invalid("uploadId", "is not an upload of this store");
  }

  /** The id as text. */
  String text() {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(metadata)
        .forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    byte[] bytes = lines.toString().getBytes(UTF_8);
    return generation + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** When it began. */
  Instant begun() {
    return Instant.ofEpochMilli(Long.parseLong(generation.substring(0, 12), 16));
  }

  /** The name of a block; all have the same length, as Azure demands. */
  String block(int number) {
    return Base64.getEncoder()
        .encodeToString("%s%07d".formatted(generation, number).getBytes(UTF_8));
  }

  /** Reads a block's name; empty where it is not one of ours. */
  static Optional<Block> blockOf(String name) {
    String plain;
    try {
      plain = new String(Base64.getDecoder().decode(name), UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Matcher matcher = BLOCK.matcher(plain);
    return matcher.matches()
        ? Optional.of(new Block(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }
}
