package io.movingdata.e2e.crash;

import io.movingdata.e2e.harness.Api;
import io.movingdata.e2e.harness.NodeProcess;
import io.movingdata.testkit.crash.CrashSwitch;

/** A node, and the switch that stops it at a crash point. */
record Peer(NodeProcess node, CrashSwitch crash) {
  Api api() {
    return node.api();
  }

  /** Whether it stands still where it was ordered to. */
  boolean stopped() {
    return crash.reached() && node.frozen();
  }
}
