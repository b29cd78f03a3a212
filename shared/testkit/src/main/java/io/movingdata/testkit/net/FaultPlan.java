package io.movingdata.testkit.net;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Decides which fault befalls a request; asked once for each, in the order of their arrival. */
@FunctionalInterface
public interface FaultPlan {
  /** No faults. */
  FaultPlan NONE = request -> Optional.empty();

  /** The fault for each request the first time that it comes, and not when it is repeated. */
  static FaultPlan firstOfEach(HttpFault fault) {
    Set<RequestHead> met = ConcurrentHashMap.newKeySet();
    return request -> met.add(request) ? Optional.of(fault) : Optional.empty();
  }

  /** The fault for every request. */
  static FaultPlan always(HttpFault fault) {
    return request -> Optional.of(fault);
  }

  /** The fault, if any. */
  Optional<HttpFault> faultOf(RequestHead request);

  /** Where this plan has no fault, the other one's. */
  default FaultPlan or(FaultPlan other) {
    return request -> faultOf(request).or(() -> other.faultOf(request));
  }
}
