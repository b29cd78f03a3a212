package io.movingdata.testkit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets a wait fail by its own condition alone. Awaitility otherwise also fails it for an exception
 * in any other thread of the process: for the last work of a Vert.x instance, say, that an earlier
 * test has closed. Registered for every test that has the test kit on its class path.
 */
public final class OwnFailuresOnly implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
