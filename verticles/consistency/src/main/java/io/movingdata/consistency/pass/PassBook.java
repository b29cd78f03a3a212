package io.movingdata.consistency.pass;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Pass;
import io.movingdata.core.state.StateStore;
import io.movingdata.core.state.StateStore.Stored;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The passes that the catalog knows; each is changed by compare-and-set. Of each kind at most one
 * runs in the cluster: it holds the document of its kind. The last ones of each kind are kept.
 */
public final class PassBook {
  private static final int KEPT = 25;
  private static final int ALL = 100;
  private static final Set<String> CURRENT =
      Set.of(current(Pass.Kind.LIGHT), current(Pass.Kind.DEEP));
  private static final Comparator<Pass> NEWEST_FIRST =
      Comparator.comparing(Pass::startedAt).reversed();

  private final StateStore<Pass> passes;

  public PassBook(NodeContext node) {
    this.passes = new StateStore<>(node.bus(), node.clock(), "passes", Pass.class);
  }

  private static String current(Pass.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The pass of a kind that runs, or the last one. */
  public Future<Optional<Pass>> latest(Pass.Kind kind) {
    return passes.get(current(kind)).map(found -> found.map(Stored::value));
  }

  /** Of each kind the pass that runs, or the last one; those that run first, then the newest. */
  public Future<List<Pass>> latest() {
    return Future.all(latest(Pass.Kind.LIGHT), latest(Pass.Kind.DEEP))
        .map(
            both ->
                both.<Optional<Pass>>list().stream()
                    .flatMap(Optional::stream)
                    .sorted(
                        Comparator.comparing(Pass::running).reversed().thenComparing(NEWEST_FIRST))
                    .toList());
  }

  /** Passes that have ended, the newest first: of each kind the last ones. */
  public Future<List<Pass>> past() {
    return kept().map(all -> all.stream().map(Stored::value).sorted(NEWEST_FIRST).toList());
  }

  private Future<List<Stored<Pass>>> kept() {
    return passes
        .list(ALL)
        .map(all -> all.stream().filter(one -> !CURRENT.contains(one.id())).toList());
  }

  /**
   * A pass.
   *
   * @param id its id; {@code light} or {@code deep} for the one of that kind that runs or ran last;
   *     null for the first of {@link #latest()}
   */
  public Future<Optional<Pass>> get(String id) {
    if (id != null && CURRENT.contains(id)) {
      return passes.get(id).map(found -> found.map(Stored::value));
    }
    return Future.all(latest(), past())
        .map(
            both ->
                Stream.concat(
                        both.<List<Pass>>resultAt(0).stream(),
                        both.<List<Pass>>resultAt(1).stream())
                    .filter(pass -> id == null || pass.id().equals(id))
                    .findFirst());
  }

  /** Makes a pass the one of its kind that runs; false: another one runs. */
  public Future<Boolean> begin(Pass pass) {
    String id = current(pass.kind());
    return passes
        .get(id)
        .compose(
            now ->
                now.filter(one -> one.value().running()).isPresent()
                    ? Future.succeededFuture(false)
                    : passes.put(id, now.map(Stored::version).orElse(0L), pass).map(true));
  }

  /**
   * Changes the pass of a kind that runs; tries again while others change it too.
   *
   * @param change empty where nothing is to be changed
   * @return what it became, empty where nothing was changed
   */
  public Future<Optional<Pass>> change(
      Pass.Kind kind, String id, Function<Pass, Optional<Pass>> change) {
    String current = current(kind);
    return Cas.retry(
        () ->
            passes
                .get(current)
                .compose(
                    now -> {
                      Optional<Pass> next =
                          now.map(Stored::value)
                              .filter(pass -> pass.id().equals(id) && pass.running())
                              .flatMap(change);
                      return next.isEmpty()
                          ? Future.succeededFuture(Optional.empty())
                          : passes
                              .put(current, now.orElseThrow().version(), next.get())
                              .map(put -> next)
                              .compose(this::remember);
                    }));
  }

  /** A pass that has ended is kept, where there are many in the place of the oldest of its kind. */
  private Future<Optional<Pass>> remember(Optional<Pass> pass) {
    return pass.filter(one -> !one.running()).isEmpty()
        ? Future.succeededFuture(pass)
        : kept().compose(all -> keep(pass.get(), all)).otherwiseEmpty().map(pass);
  }

  private Future<Stored<Pass>> keep(Pass pass, List<Stored<Pass>> all) {
    List<Stored<Pass>> same = new ArrayList<>(all);
    same.removeIf(one -> one.value().kind() != pass.kind());
    if (same.size() < KEPT) {
      return passes.put(pass.id(), 0, pass);
    }
    Stored<Pass> oldest =
        same.stream().min(Comparator.comparing(one -> one.value().startedAt())).orElseThrow();
    return passes.put(oldest.id(), oldest.version(), pass);
  }
}
