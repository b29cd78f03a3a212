package io.movingdata.core.launch;

import io.vertx.core.Deployable;
import java.util.List;

/** What a verticle module offers to the launcher; found by {@link java.util.ServiceLoader}. */
public interface NodeRole {
  /** The role's name in {@code NODE_ROLES}. */
  String name();

  /**
   * Roles start in ascending order and stop in descending order: 10 storage, 20 catalog, 30
   * services, 90 gateway.
   */
  int order();

  /**
   * The verticles to deploy, one instance each; empty where the configuration gives the role
   * nothing to do. Starting must not wait for a server outside the process.
   */
  List<Deployable> verticles(NodeContext node);
}
