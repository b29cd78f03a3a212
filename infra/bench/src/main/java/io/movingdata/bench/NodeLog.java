package io.movingdata.bench;

import java.util.List;
import java.util.regex.Pattern;

/** What a node's log tells about the run. */
final class NodeLog {
  /** How Vert.x reports a thread that does not come back. */
  private static final Pattern BLOCKED = Pattern.compile("vert\\.x-eventloop.*has been blocked");

  private NodeLog() {}

  /** Lines that report a blocked event loop. */
  static List<String> blocked(List<String> log) {
    return log.stream().filter(line -> BLOCKED.matcher(line).find()).toList();
  }
}
