package io.movingdata.core.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What clients did to the content of one file, as a register: each change takes effect at one
 * moment between its call and its answer, or, where no answer tells, at any moment after its call
 * or never. The file begins absent.
 */
final class FileHistory {
  /** No content: the file is not there. */
  static final String ABSENT = null;

  private final List<ClientOperation> changes = new ArrayList<>();
  private final List<ClientOperation> reads = new ArrayList<>();

  void add(ClientOperation operation) {
    if (operation.kind() == OperationKind.READ && operation.acknowledged()) {
      reads.add(operation);
    }
    if (operation.kind().changesContent() && operation.mayHaveHappened()) {
      changes.add(operation);
    }
  }

  /** Reads that were answered. */
  List<ClientOperation> reads() {
    return reads;
  }

  /** Whether clients changed the file, or may have. */
  boolean changed() {
    return !changes.isEmpty();
  }

  /** How many contents clients gave it, or may have. */
  long writes() {
    return changes.stream().filter(change -> change.kind() == OperationKind.WRITE).count();
  }

  /** Whether the file may hold a content once everything has been answered. */
  boolean mayEndWith(String sha256) {
    return mayHold(sha256, Instant.MAX, Instant.MAX);
  }

  /** Whether the file may have held a content at some moment of a time. */
  boolean mayHold(String sha256, Instant from, Instant to) {
    boolean first = Objects.equals(sha256, ABSENT) && changes.stream().noneMatch(overBy(from));
    return first
        || changes.stream()
            .filter(change -> Objects.equals(left(change), sha256))
            .filter(change -> change.invoked().isBefore(to))
            .anyMatch(change -> !superseded(change, from));
  }

  /** What a change leaves behind. */
  private static String left(ClientOperation change) {
    return change.kind() == OperationKind.WRITE ? change.sha256() : ABSENT;
  }

  /** Whether a change that came after another for certain is over by a time. */
  private boolean superseded(ClientOperation change, Instant by) {
    return change.acknowledged()
        && changes.stream()
            .filter(later -> later.invoked().isAfter(change.answered()))
            .anyMatch(overBy(by));
  }

  private static Predicate<ClientOperation> overBy(Instant time) {
    return change -> change.acknowledged() && change.answered().isBefore(time);
  }
}
