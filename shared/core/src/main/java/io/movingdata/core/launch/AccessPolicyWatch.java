package io.movingdata.core.launch;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.security.AccessPolicy;
import io.movingdata.core.security.AccessPolicyFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access policy in force: the configured roles as changed by the policy file, which is read
 * again every second. A file that cannot be used leaves the last good policy in force.
 */
public final class AccessPolicyWatch implements Supplier<AccessPolicy> {
  private static final Logger LOG = LoggerFactory.getLogger(AccessPolicyWatch.class);
  private static final long INTERVAL_MS = 1_000;

  private final AccessPolicy configured;
  private final Path file;
  private volatile AccessPolicy inForce;
  private String lastProblem = "";

  /** The configured policy, until {@link #start} has read the file. */
  public AccessPolicyWatch(NodeConfig config) {
    this.configured =
        AccessPolicy.of(
            config.locations().stream()
                .collect(Collectors.toMap(LocationConfig::id, LocationConfig::allowedRoles)));
    this.inForce = configured;
    this.file = config.access().policyFile();
  }

  @Override
  public AccessPolicy get() {
    return inForce;
  }

  /** Reads the file and goes on watching it; fails where it cannot be used now. */
  public Future<Void> start(Vertx vertx) {
    if (file == null) {
      return Future.succeededFuture();
    }
    return read(vertx).onSuccess(done -> again(vertx));
  }

  private void again(Vertx vertx) {
    vertx.setTimer(
        INTERVAL_MS,
        timer ->
            read(vertx)
                .onComplete(
                    done -> again(vertx),
                    failure -> {
                      keep(failure);
                      again(vertx);
                    }));
  }

  private Future<Void> read(Vertx vertx) {
    return vertx
        .fileSystem()
        .readFile(file.toString())
        .map(text -> AccessPolicyFile.apply(text.toString(), configured))
        .map(
            policy -> {
              use(policy);
              return null;
            });
  }

  private void use(AccessPolicy policy) {
    if (!lastProblem.isEmpty()) {
      LOG.info("the access policy file is usable again");
      lastProblem = "";
    }
    if (!policy.equals(inForce)) {
      LOG.info("access policy {} takes the place of {}", policy.version(), inForce.version());
      inForce = policy;
    }
  }

  private void keep(Throwable failure) {
    String problem = String.valueOf(failure.getMessage());
    if (!problem.equals(lastProblem)) {
      LOG.warn("access policy {} stays in force: {}", inForce.version(), problem);
      lastProblem = problem;
    }
  }
}
