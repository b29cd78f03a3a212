package io.movingdata.core.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The requests that change objects and were not refused, by object. */
final class RequestLog {
  private final Map<ObjectAddress, List<ProviderRequest>> byObject = new LinkedHashMap<>();

  RequestLog(List<ProviderRequest> requests) {
    for (ProviderRequest request : requests) {
      boolean changes = request.kind().stores() || request.kind() == RequestKind.DELETE;
      if (changes && request.key() != null && request.mayHaveHappened()) {
        byObject
            .computeIfAbsent(
                new ObjectAddress(request.location(), request.key()), key -> new ArrayList<>())
            .add(request);
      }
    }
  }

  /** The objects that were stored or deleted. */
  Set<ObjectAddress> addresses() {
    return byObject.keySet();
  }

  /** Requests that may have stored an object in full. */
  List<ProviderRequest> stores(ObjectAddress address) {
    return byObject.getOrDefault(address, List.of()).stream()
        .filter(request -> request.kind().stores())
        .toList();
  }

  /** The first request that may have deleted an object. */
  Optional<ProviderRequest> firstDelete(ObjectAddress address) {
    return byObject.getOrDefault(address, List.of()).stream()
        .filter(request -> request.kind() == RequestKind.DELETE)
        .min(Comparator.comparing(ProviderRequest::begun));
  }
}
