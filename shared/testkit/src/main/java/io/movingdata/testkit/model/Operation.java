package io.movingdata.testkit.model;

import io.movingdata.core.error.MovingDataException;
import java.util.function.Supplier;

/**
 * An operation as the steps that it consists of. Each step reads or changes one document at once; a
 * process may die between any two, and others may come in between.
 */
public abstract class Operation<R> {
  private Step next;
  private R answer;
  private MovingDataException refusal;
  private boolean answered;

  /** One step; what follows it, null at the end. */
  @FunctionalInterface
  interface Step {
    Step take();
  }

  /** Begins with a step. */
  final void startWith(Step first) {
    next = first;
  }

  /** An operation of one step. */
  static <R> Operation<R> of(Supplier<R> only) {
    return new Operation<>() {
      {
        startWith(() -> answer(only.get()));
      }
    };
  }

  /** Settles the answer, and ends. */
  final Step answer(R value) {
    return answer(value, null);
  }

  /** Settles the answer; what follows no longer matters to the caller. */
  final Step answer(R value, Step afterwards) {
    answer = value;
    answered = true;
    return afterwards;
  }

  /** Whether there is no further step. */
  public final boolean ended() {
    return next == null;
  }

  /** Takes one step. */
  public final void step() {
    try {
      next = next.take();
    } catch (MovingDataException refused) {
      fail(refused);
    }
  }

  /** Ends here, as when the store fails: refused, unless the answer is settled. */
  public final void fail(MovingDataException failure) {
    next = null;
    refusal = answered ? null : failure;
  }

  /** Takes every step, and answers. */
  public final R run() {
    while (!ended()) {
      step();
    }
    return result();
  }

  /**
   * The answer of an operation that has ended.
   *
   * @throws MovingDataException the refusal
   */
  public final R result() {
    if (refusal != null) {
      throw refusal;
    }
    return answer;
  }
}
