package io.movingdata.testkit.net;

import java.util.Optional;

/** Decides which fault befalls a request; asked once for each, in the order of their arrival. */
@FunctionalInterface
public interface FaultPlan {
  /** No faults. */
  FaultPlan NONE = request -> Optional.empty();

  /** The fault, if any. */
  Optional<HttpFault> faultOf(RequestHead request);

  /** Where this plan has no fault, the other one's. */
  default FaultPlan or(FaultPlan other) {
    return request -> faultOf(request).or(() -> other.faultOf(request));
  }
}
