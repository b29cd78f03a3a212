package io.movingdata.e2e.harness;

import static io.movingdata.testkit.Results.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.consistency.audit.StoreEvidence;
import io.movingdata.core.config.ConfigLoader;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.judge.ClientOperation;
import io.movingdata.core.judge.Evidence;
import io.movingdata.core.judge.Judge;
import io.movingdata.core.judge.Limits;
import io.movingdata.core.judge.ProviderRequest;
import io.movingdata.core.judge.StoreDump;
import io.movingdata.core.judge.Violation;
import io.movingdata.core.launch.Node;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.model.MoveState;
import io.movingdata.testkit.process.RepositoryRoot;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * Sees for itself what a system holds, whether its nodes run or not: reads the metadata store and
 * the providers directly, with workers and keys of its own.
 */
public final class Witness implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration READ = Duration.ofMinutes(10);

  private final Node node;
  private final CatalogReader catalog;
  private final Supplier<List<ProviderRequest>> requests;
  private final List<CatalogDump> seen = new ArrayList<>();

  /**
   * A witness of a system.
   *
   * @param settings of its nodes, with the servers' own addresses
   * @param requests what its providers have been asked so far
   */
  Witness(Map<String, String> settings, Supplier<List<ProviderRequest>> requests) {
    List<NodeRole> roles =
        ServiceLoader.load(NodeRole.class).stream().map(ServiceLoader.Provider::get).toList();
    List<String> names = roles.stream().map(NodeRole::name).toList();
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("NODE_ID", "witness");
    environment.put("CLUSTER_ENABLED", "false");
    environment.put(
        "NODE_ROLES", String.join(",", names.stream().filter(n -> n.contains("storage")).toList()));
    NodeConfig config =
        ConfigLoader.load(RepositoryRoot.find().resolve("conf"), environment, names).config();
    this.requests = requests;
    this.node = outcome(Node.start(config, roles), START);
    this.catalog =
        new CatalogReader(
            node.vertx(), environment.get("MONGO_URL"), environment.get("MONGO_DATABASE"));
  }

  /** Looks at the catalog; what it sees stays in the evidence. */
  public synchronized CatalogDump look() {
    CatalogDump now = catalog.read();
    if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
      seen.add(now);
    }
    return now;
  }

  /** Waits until nothing in the catalog is under way any more; stuck moves may stay. */
  public void awaitRest(Duration most) {
    Awaitility.await("the catalog comes to rest")
        .atMost(most)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(underWay(look())).isEmpty());
  }

  private static List<Object> underWay(CatalogDump dump) {
    List<Object> left = new ArrayList<>(dump.garbage());
    left.addAll(dump.intents());
    dump.activeMoves().stream().filter(move -> move.state() != MoveState.STUCK).forEach(left::add);
    return left;
  }

  /** Everything there is to know now. */
  public synchronized Evidence evidence(Limits limits, List<ClientOperation> history) {
    Instant at = Instant.now();
    CatalogDump now = catalog.read();
    List<StoreDump> dumps = read(now);
    return new Evidence(at, limits, now, dumps, requests.get(), history, seen);
  }

  private List<StoreDump> read(CatalogDump now) {
    List<String> locations =
        node.context().config().locations().stream().map(LocationConfig::id).toList();
    StoreEvidence stores = new StoreEvidence(node.context(), true);
    Promise<List<StoreDump>> dumps = Promise.promise();
    node.vertx().runOnContext(on -> stores.read(locations, now).onComplete(dumps));
    List<StoreDump> found = outcome(dumps.future(), READ);
    assertThat(stores.unreachable()).isEmpty();
    return found;
  }

  /** What is wrong with a system that has come to rest. */
  public List<Violation> verdict(List<ClientOperation> history) {
    Duration stale = Duration.ofMillis(node.context().config().collector().staleMs());
    return Judge.judge(evidence(Limits.atRest(stale), history));
  }

  @Override
  public void close() {
    catalog.close();
    outcome(node.stop());
  }
}
