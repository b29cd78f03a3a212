package io.movingdata.e2e.crash;

import static io.movingdata.core.crash.CrashPoint.*;

import io.movingdata.core.crash.CrashPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which crash points nodes pass, in order. */
final class Points {
  private static final List<CrashPoint> TAKING = List.of(BEFORE_CLAIM, CLAIMED);
  private static final List<CrashPoint> IN_PARTS = List.of(PART_DURABLE, PROGRESS_RECORDED);
  private static final List<CrashPoint> STORING = List.of(BEFORE_COMPLETE, COMPLETED);
  private static final List<CrashPoint> SWITCHING = List.of(GARBAGE_RECORDED, PLACED);
  private static final List<CrashPoint> ENDING = List.of(COMMITTED, HISTORY_WRITTEN);
  private static final List<CrashPoint> TELLING = List.of(FACT_PUBLISHED);
  private static final List<CrashPoint> DISCARDING =
      List.of(DISCARD_MARKED, DISCARD_RAISED, DISCARD_BURIED);
  private static final List<CrashPoint> DELETING = List.of(BEFORE_DELETE, DELETED, COLLECTED);
  private static final List<CrashPoint> COLLECTING = joined(List.of(PROVING), DELETING);

  private Points() {}

  /** The points that an act passes. */
  static List<CrashPoint> of(Act act) {
    return switch (act) {
      case MOVE, BULK -> joined(of(Act.COPY), COLLECTING);
      case COPY ->
          joined(
              TAKING,
              List.of(COPY_NAMED, INTENT_RECORDED),
              IN_PARTS,
              STORING,
              List.of(COPY_STORED, VERIFIED),
              SWITCHING,
              List.of(SWITCHED),
              ENDING,
              TELLING);
      case ABORTED_MOVE -> joined(DISCARDING, List.of(HISTORY_WRITTEN), TELLING, DELETING);
      case OVERWRITE -> joined(of(Act.UPLOAD), COLLECTING);
      case UPLOAD ->
          joined(IN_PARTS, STORING, List.of(UPLOAD_STORED), SWITCHING, List.of(UPLOAD_PLACED));
      case DELETE -> joined(SWITCHING, DELETING);
    };
  }

  /** The acts that pass a point, the usual one first. */
  static List<Act> acts(CrashPoint point) {
    return Arrays.stream(Act.values()).filter(act -> of(act).contains(point)).toList();
  }

  /** Whether a point is passed only by content of more than one frame. */
  static boolean inParts(CrashPoint point) {
    return IN_PARTS.contains(point);
  }

  /**
   * What is passed by those who take over from a node that was killed at a point of the usual act;
   * a client that got no answer asks again.
   */
  static List<CrashPoint> after(CrashPoint point) {
    return switch (point) {
      case BEFORE_CLAIM -> joined(List.of(CLAIMED, COPY_NAMED), fromCopying());
      case CLAIMED -> joined(TAKING, List.of(COPY_NAMED), fromCopying());
      case COPY_NAMED,
          INTENT_RECORDED,
          PART_DURABLE,
          PROGRESS_RECORDED,
          BEFORE_COMPLETE,
          COMPLETED,
          COPY_STORED ->
          joined(TAKING, fromCopying());
      case VERIFIED, GARBAGE_RECORDED -> joined(TAKING, fromSwitching());
      case PLACED, SWITCHED -> joined(TAKING, ENDING, COLLECTING);
      case COMMITTED, HISTORY_WRITTEN -> joined(TAKING, List.of(HISTORY_WRITTEN), COLLECTING);
      case DISCARD_MARKED, DISCARD_RAISED, DISCARD_BURIED -> joined(TAKING, of(Act.ABORTED_MOVE));
      case UPLOAD_STORED -> joined(DISCARDING, DELETING);
      case FACT_PUBLISHED -> TELLING;
      case PROVING, BEFORE_DELETE, DELETED, COLLECTED, UPLOAD_PLACED -> COLLECTING;
    };
  }

  private static List<CrashPoint> fromCopying() {
    return joined(
        List.of(INTENT_RECORDED), STORING, List.of(COPY_STORED, VERIFIED), fromSwitching());
  }

  private static List<CrashPoint> fromSwitching() {
    return joined(SWITCHING, List.of(SWITCHED), ENDING, COLLECTING);
  }

  @SafeVarargs
  private static List<CrashPoint> joined(List<CrashPoint>... lists) {
    List<CrashPoint> all = new ArrayList<>();
    for (List<CrashPoint> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }
}
