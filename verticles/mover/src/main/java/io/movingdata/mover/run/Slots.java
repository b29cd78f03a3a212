package io.movingdata.mover.run;

import io.movingdata.core.contract.CatalogApi.Route;
import io.movingdata.core.model.MoveRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How many moves a node runs at once: in all, per location, and per route, so that moves that wait
 * for one slow location never hold what the others need. None begins to transfer where the provider
 * is away.
 */
final class Slots {
  /** A route may have two thirds of what the node has. */
  private static final int SHARES = 3;

  private final int parallelism;
  private final int perRoute;
  private final Map<String, Integer> limits;
  private final Supplier<Set<String>> away;
  private final Map<String, Integer> atLocation = new HashMap<>();
  private final Map<Route, Integer> onRoute = new HashMap<>();
  private int running;

  /**
   * Slots for so many moves.
   *
   * @param limits most moves that may read or write at a location at once; none where absent
   * @param away locations whose providers do not answer now
   */
  Slots(int parallelism, Map<String, Integer> limits, Supplier<Set<String>> away) {
    this.parallelism = parallelism;
    this.perRoute = parallelism - parallelism / SHARES;
    this.limits = Map.copyOf(limits);
    this.away = away;
  }

  int free() {
    return parallelism - running;
  }

  int running() {
    return running;
  }

  /** Takes a slot at both ends; false where there is none. */
  boolean take(MoveRecord move) {
    Route route = route(move);
    if (free() <= 0 || full(route) || (transfers(move) && isAway(route))) {
      return false;
    }
    count(route, 1);
    return true;
  }

  void give(MoveRecord move) {
    count(route(move), -1);
  }

  private void count(Route route, int more) {
    running += more;
    atLocation.merge(route.from(), more, Integer::sum);
    atLocation.merge(route.target(), more, Integer::sum);
    onRoute.merge(route, more, Integer::sum);
  }

  /** Routes on which nothing can be transferred now. */
  List<Route> awayRoutes() {
    return routes(this::isAway);
  }

  /** Routes on which no move can begin to transfer now. */
  List<Route> closedRoutes() {
    return routes(route -> full(route) || isAway(route));
  }

  private List<Route> routes(Predicate<Route> wanted) {
    List<Route> found = new ArrayList<>();
    for (String from : limits.keySet()) {
      for (String target : limits.keySet()) {
        Route route = new Route(from, target);
        if (!from.equals(target) && wanted.test(route)) {
          found.add(route);
        }
      }
    }
    return found;
  }

  private static Route route(MoveRecord move) {
    return new Route(move.from(), move.target());
  }

  /** The other moves only have something to record. */
  private static boolean transfers(MoveRecord move) {
    return !move.cancelRequested() && move.state().transfers();
  }

  private boolean isAway(Route route) {
    Set<String> now = away.get();
    return now.contains(route.from()) || now.contains(route.target());
  }

  private boolean full(Route route) {
    return full(route.from()) || full(route.target()) || onRoute.getOrDefault(route, 0) >= perRoute;
  }

  private boolean full(String location) {
    return atLocation.getOrDefault(location, 0) >= limits.getOrDefault(location, Integer.MAX_VALUE);
  }
}
