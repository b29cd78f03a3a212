package io.movingdata.storage.azure;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.storage.ObjectStore;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Keys and signatures reach nobody, not even when the provider repeats them. */
class AzureSecretsIT {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Level level = root.getLevel();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void stop() {
    root.setLevel(level);
    root.detachAppender(log);
    outcome(vertx.close());
  }

  @Test
  void aRefusalThatRepeatsTheSignatureIsNotPassedOn() {
    ScriptedAzure server =
        new ScriptedAzure(vertx, ScriptedAzure.refusal(403, "AuthenticationFailed"));
    LocationConfig location = Locations.at(server.endpoint());
    ObjectStore store = Locations.open(vertx, location, AzureLimits.DEFAULT);

    MovingDataException refusal =
        refusal(store.put("k", Map.of(), Buffer.buffer("x")), ErrorCode.PROVIDER_REJECTED);
    outcome(store.close());

    String authorization = server.asked().get(0).headers().get("Authorization");
    String signature = authorization.substring(authorization.indexOf(':') + 1);
    assertThat(signature).hasSizeGreaterThan(40);
    for (String secret : List.of(signature, Locations.KEY)) {
      assertThat(refusal.toString()).doesNotContain(secret);
      assertThat(refusal).hasNoCause();
      assertThat(location.toString()).doesNotContain(secret);
      assertThat(log.list).extracting(AzureSecretsIT::text).noneMatch(t -> t.contains(secret));
    }
  }

  private static String text(ILoggingEvent event) {
    return event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
