package io.movingdata.catalog;

import io.movingdata.testkit.process.LocalStackProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share a real store, each with a node of its own and an empty database. */
abstract class OnAStore {
  @TempDir static Path data;
  private static LocalStackProcess stack;
  CatalogNode node;

  @BeforeAll
  static void startStore() {
    stack = LocalStackProcess.start(data, "mongo");
  }

  @AfterAll
  static void stopStore() {
    stack.close();
  }

  @BeforeEach
  void startNode() {
    node = CatalogNode.start(url()).ready();
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  /** Where the store is. */
  static String url() {
    return stack.endpoint("mongo").toString();
  }
}
