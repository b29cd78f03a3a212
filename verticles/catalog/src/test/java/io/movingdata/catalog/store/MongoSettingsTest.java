package io.movingdata.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import io.movingdata.core.config.NodeConfig;
import io.movingdata.core.config.Secret;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.impl.config.MongoClientOptionsParser;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver really makes of our connection options. */
class MongoSettingsTest {
  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static MongoClientSettings parsed(String url) {
    var config = MongoSettings.client(new NodeConfig.Mongo(Secret.of(url), "md"));
    return new MongoClientOptionsParser(vertx, config).settings();
  }

  private static MovingDataException refused(String url) {
    return catchThrowableOfType(MovingDataException.class, () -> parsed(url));
  }

  @Test
  void aPlainUrlGetsDurabilityAndBoundsOnEveryWait() {
    for (String url : new String[] {"mongodb://127.0.0.1:27017", "mongodb://127.0.0.1/md?"}) {
      MongoClientSettings settings = parsed(url);
      assertThat(settings.getWriteConcern())
          .isEqualTo(
              WriteConcern.MAJORITY
                  .withJournal(true)
                  .withWTimeout(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS));
      assertThat(settings.getReadConcern()).isEqualTo(ReadConcern.MAJORITY);
      assertThat(settings.getReadPreference()).isEqualTo(ReadPreference.primary());
      assertThat(settings.getRetryWrites()).isTrue();
      assertThat(settings.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS))
          .isEqualTo(3_000);
      assertThat(settings.getSocketSettings().getConnectTimeout(TimeUnit.MILLISECONDS))
          .isEqualTo(2_000);
      assertThat(settings.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS))
          .isEqualTo(10_000);
      assertThat(settings.getConnectionPoolSettings().getMaxWaitTime(TimeUnit.MILLISECONDS))
          .isEqualTo(2_000);
      assertThat(settings.getConnectionPoolSettings().getMaxSize()).isEqualTo(50);
    }
  }

  @Test
  void safeOptionsOfTheUrlAreKept() {
    MongoClientSettings settings =
        parsed(
            "mongodb://user:p%40ss@a:1,b:2/?replicaSet=rs&MAXPOOLSIZE=7&wTimeoutMS=900"
                + "&readConcernLevel=linearizable&authSource=admin&tls=true");
    assertThat(settings.getConnectionPoolSettings().getMaxSize()).isEqualTo(7);
    assertThat(settings.getWriteConcern().getWTimeout(TimeUnit.MILLISECONDS)).isEqualTo(900);
    assertThat(settings.getWriteConcern().getWString()).isEqualTo("majority");
    assertThat(settings.getReadConcern()).isEqualTo(ReadConcern.LINEARIZABLE);
    assertThat(settings.getClusterSettings().getRequiredReplicaSetName()).isEqualTo("rs");
    assertThat(settings.getSslSettings().isEnabled()).isTrue();
    assertThat(settings.getSslSettings().isInvalidHostNameAllowed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "w=0",
        "w=1",
        "journal=false",
        "wtimeoutMS=0",
        "readConcernLevel=local",
        "readPreference=secondaryPreferred",
        "socketTimeoutMS=0",
        "serverSelectionTimeoutMS=600000",
        "waitQueueTimeoutMS=-1",
        "maxPoolSize=0",
        "tlsInsecure=true",
        "tlsAllowInvalidHostnames=true",
        "sslInvalidHostNameAllowed=true",
        "TrustAll=true",
        "timeoutMS=5000",
        "safe=false"
      })
  void anOptionThatWeakensTheDefaultsIsRefusedByName(String option) {
    MovingDataException refusal = refused("mongodb://user:hush@127.0.0.1/?" + option);
    assertThat(refusal).isNotNull();
    assertThat(refusal.fields()).singleElement().extracting("field").isEqualTo("MONGO_URL");
    assertThat(refusal.getMessage())
        .contains(option.substring(0, option.indexOf('=')))
        .doesNotContain("hush");
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    assertThat(refused("mongodb://h/?w=1&journal=false&tlsInsecure=true").fields()).hasSize(3);
  }

  @Test
  void anotherSchemeIsRefusedWithoutItsPassword() {
    assertThat(refused("postgres://user:hush@h/db").getMessage()).doesNotContain("hush");
  }
}
