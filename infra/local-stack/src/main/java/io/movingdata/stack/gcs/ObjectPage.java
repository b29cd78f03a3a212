package io.movingdata.stack.gcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param objects the objects whose name has no delimiter after the prefix
 * @param prefixes the beginnings, up to the delimiter, of the names that have one
 * @param next the token for the page after this one, if there is more
 */
record ObjectPage(List<StoredObject> objects, List<String> prefixes, Optional<String> next) {

  /**
   * Lists.
   *
   * @param delimiter empty for none
   * @param token what an earlier page gave as next, empty for the first page
   * @param max how many objects and prefixes in all
   * @throws GcsException 400 if the token is none of ours
   */
  static ObjectPage list(
      NavigableMap<String, StoredObject> all,
      String prefix,
      String delimiter,
      String token,
      int max)
      throws GcsException {
    List<StoredObject> objects = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = decode(token);
    NavigableMap<String, StoredObject> rest =
        NameOrder.BY_UTF8.compare(last, prefix) < 0
            ? all.tailMap(prefix, true)
            : all.tailMap(last, false);
    for (StoredObject object : rest.values()) {
      String name = object.name();
      if (!name.startsWith(prefix)) {
        break;
      }
      if (isGroup(last, prefix, delimiter) && name.startsWith(last)) {
        continue;
      }
      if (objects.size() + prefixes.size() == max) {
        return new ObjectPage(objects, prefixes, Optional.of(encode(last)));
      }
      int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      if (end < 0) {
        objects.add(object);
        last = name;
      } else {
        last = name.substring(0, end + delimiter.length());
        prefixes.add(last);
      }
    }
    return new ObjectPage(objects, prefixes, Optional.empty());
  }

  /** Whether the last thing given stands for all names that begin with it. */
  private static boolean isGroup(String last, String prefix, String delimiter) {
    return !delimiter.isEmpty() && last.length() > prefix.length() && last.endsWith(delimiter);
  }

  private static String encode(String last) {
    return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) throws GcsException {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw GcsException.invalid("Invalid pageToken");
    }
  }
}
