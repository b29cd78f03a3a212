package io.movingdata.mover.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes lines of a trace short: ids are numbered, and what says nothing is left out. */
final class ShortTrace {
  private static final Pattern KEY = Pattern.compile("\\bf\\d\\.[0-9a-f]{20}\\.([0-9a-f]{32})");
  private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{12}-[0-9a-f]{16}|\\b[0-9a-f]{32}");
  private static final Pattern EMPTY =
      Pattern.compile("(?<=[\\[,])[ ]?[a-zA-Z0-9]+=(null|false|0|\\[\\])(?=[,\\]])");
  private static final Pattern DULL =
      Pattern.compile(
          "(?<=[\\[,])[ ]?(format|keyId|createdAtS|createdAt|contentType|priority|bytesTotal|policy"
              + "|requester|sizeBytes|etag|checksum|verifiedAt|bytes|sha256)"
              + "=([^,\\[\\]]*(\\[([^\\[\\]]|\\[[^\\[\\]]*\\])*\\])?)(?=[,\\]])");
  private static final Pattern COMMAS = Pattern.compile(",(?=[,\\]])|(?<=\\[),");

  private final Map<String, String> names = new LinkedHashMap<>();

  private ShortTrace() {}

  static List<String> lines(List<String> lines) {
    ShortTrace names = new ShortTrace();
    List<String> all = new ArrayList<>();
    for (String line : lines) {
      all.add(names.line(line));
    }
    return all;
  }

  private String line(String line) {
    String text = replace(KEY, line, found -> found.group(1));
    text = replace(ID, text, found -> name(found.group()));
    text = replace(DULL, text, found -> "");
    text = replace(EMPTY, text, found -> "");
    text = text.replace("2026-03-01T00:", "");
    for (int i = 0; i < 3; i++) {
      text = COMMAS.matcher(text).replaceAll("");
    }
    return text;
  }

  private String name(String id) {
    if (id.matches("0{29}[0-9a-f]{3}")) {
      return id.substring(30);
    }
    return names.computeIfAbsent(
        id, unknown -> (unknown.contains("-") ? "move" : "copy") + (names.size() + 1));
  }

  private static String replace(Pattern what, String in, Function<MatchResult, String> with) {
    return what.matcher(in).replaceAll(with);
  }
}
