package io.movingdata.gateway.http;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The one table of what answers which operation; an operation without an endpoint is no path. */
public final class Routes {
  private final Map<Operation, Endpoint> endpoints = new EnumMap<>(Operation.class);
  private final Map<Operation, PathTemplate> templates = new EnumMap<>(Operation.class);

  /** Binds an operation. */
  public Routes bind(Operation operation, Endpoint endpoint) {
    endpoints.put(operation, endpoint);
    templates.put(operation, new PathTemplate(operation.path()));
    return this;
  }

  /** The operations that are bound. */
  public Set<Operation> bound() {
    return Set.copyOf(endpoints.keySet());
  }

  /**
   * A path that exists.
   *
   * @param operation null where the method does not
   * @param values raw values of the path's parameters
   * @param allowed all methods of the path
   */
  record Match(
      Operation operation, Endpoint endpoint, Map<String, String> values, Set<String> allowed) {}

  /** Finds what answers a method and a raw path. */
  Optional<Match> find(String method, RawTarget target) {
    List<String> raw = target.path().startsWith("/") ? target.segments() : List.of();
    Map<Operation, Map<String, String>> here = new EnumMap<>(Operation.class);
    templates.forEach(
        (operation, template) ->
            template.match(raw).ifPresent(values -> here.put(operation, values)));
    if (here.isEmpty()) {
      return Optional.empty();
    }
    Set<String> allowed = new TreeSet<>();
    here.keySet().forEach(operation -> allowed.add(operation.method()));
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    Optional<Operation> chosen = first(here.keySet(), method);
    if (chosen.isEmpty() && method.equals("HEAD")) {
      chosen = first(here.keySet(), "GET");
    }
    Operation operation = chosen.orElse(null);
    return Optional.of(
        new Match(operation, endpoints.get(operation), here.get(operation), allowed));
  }

  private static Optional<Operation> first(Set<Operation> operations, String method) {
    return operations.stream().filter(o -> o.method().equals(method)).findFirst();
  }
}
