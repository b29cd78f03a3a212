package io.movingdata.testkit.net;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One fault for chosen requests: those that match, but for the first few, and only so many times.
 */
public final class FaultScript implements FaultPlan {
  private final Predicate<RequestHead> matching;
  private final HttpFault fault;
  private int spared;
  private int times = Integer.MAX_VALUE;
  private int befallen;

  private FaultScript(Predicate<RequestHead> matching, HttpFault fault) {
    this.matching = matching;
    this.fault = fault;
  }

  /** The fault for every request that the predicate accepts. */
  public static FaultScript when(Predicate<RequestHead> matching, HttpFault fault) {
    return new FaultScript(matching, fault);
  }

  /**
   * The fault for every request of that kind.
   *
   * @param method regular expression for the whole method
   * @param uri regular expression to be found in path and query
   */
  public static FaultScript on(String method, String uri, HttpFault fault) {
    Predicate<String> found = Pattern.compile(uri).asPredicate();
    return when(request -> request.method().matches(method) && found.test(request.uri()), fault);
  }

  /** Spares the first of the matching requests. */
  public synchronized FaultScript after(int first) {
    spared = first;
    return this;
  }

  /** Befalls no more than so many requests. */
  public synchronized FaultScript times(int most) {
    times = most;
    return this;
  }

  /** How many requests were befallen so far. */
  public synchronized int befallen() {
    return befallen;
  }

  @Override
  public synchronized Optional<HttpFault> faultOf(RequestHead request) {
    if (befallen == times || !matching.test(request)) {
      return Optional.empty();
    }
    if (spared > 0) {
      spared--;
      return Optional.empty();
    }
    befallen++;
    return Optional.of(fault);
  }
}
