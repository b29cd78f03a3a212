package io.movingdata.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.io.IOException;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

class MongoErrorsTest {
  private static final ServerAddress SERVER = new ServerAddress("127.0.0.1", 27017);

  private static ErrorCode code(Throwable failure, boolean write) {
    Throwable translated = MongoErrors.translate(failure, write);
    assertThat(translated).isInstanceOf(MovingDataException.class).hasCause(failure);
    MovingDataException refusal = (MovingDataException) translated;
    assertThat(refusal.retryAfterMs()).isPositive();
    assertThat(refusal.getMessage()).doesNotContain("127.0.0.1");
    return refusal.code();
  }

  @Test
  void whatWasNeverSentIsCatalogDown() {
    assertThat(code(new MongoTimeoutException("Timed out while waiting for a server"), true))
        .isEqualTo(ErrorCode.CATALOG_DOWN);
    assertThat(code(new MongoSocketOpenException("refused", SERVER, new IOException()), true))
        .isEqualTo(ErrorCode.CATALOG_DOWN);
    assertThat(
            code(
                new MongoSecurityException(
                    MongoCredential.createCredential("u", "admin", "p".toCharArray()), "no"),
                true))
        .isEqualTo(ErrorCode.CATALOG_DOWN);
    assertThat(code(new IllegalStateException("state should be: open"), true))
        .isEqualTo(ErrorCode.CATALOG_DOWN);
    assertThat(code(new MongoClientException("Shutdown in progress"), true))
        .isEqualTo(ErrorCode.CATALOG_DOWN);
    assertThat(
            code(
                new MongoConnectionPoolClearedException(
                    new ServerId(new ClusterId(), SERVER), new IOException("another's failure")),
                true))
        .isEqualTo(ErrorCode.CATALOG_DOWN);
  }

  @Test
  void aFullPoolIsOurOwnLoad() {
    assertThat(
            code(
                new MongoTimeoutException(
                    "Timed out after 2000 ms while waiting for a connection to server"),
                true))
        .isEqualTo(ErrorCode.OVERLOADED);
  }

  @Test
  void aChangeThatWasSentAndNotAcknowledgedIsUnknown() {
    assertThat(code(new MongoSocketReadException("closed", SERVER), true))
        .isEqualTo(ErrorCode.SERVICE_TIMEOUT);
    assertThat(code(new MongoSocketReadTimeoutException("slow", SERVER, new IOException()), true))
        .isEqualTo(ErrorCode.SERVICE_TIMEOUT);
    assertThat(
            code(
                new MongoWriteConcernException(
                    new WriteConcernError(64, "WriteConcernTimeout", "t", new BsonDocument()),
                    WriteConcernResult.acknowledged(1, true, null),
                    SERVER,
                    Set.of()),
                true))
        .isEqualTo(ErrorCode.SERVICE_TIMEOUT);
  }

  @Test
  void aReadThatBrokeOffChangedNothing() {
    assertThat(code(new MongoSocketReadException("closed", SERVER), false))
        .isEqualTo(ErrorCode.CATALOG_DOWN);
  }

  @Test
  void aTakenIdIsNoFailure() {
    MongoWriteException taken =
        new MongoWriteException(
            new WriteError(11000, "E11000 duplicate key", new BsonDocument()), SERVER, Set.of());
    assertThat(MongoErrors.duplicateKey(taken)).isTrue();
    assertThat(MongoErrors.duplicateKey(new MongoTimeoutException("no"))).isFalse();
  }

  @Test
  void whatNobodyForesawStaysAsItIs() {
    MongoCommandException odd =
        new MongoCommandException(new BsonDocument("code", new BsonInt32(9)), SERVER);
    assertThat(MongoErrors.translate(odd, true)).isSameAs(odd);
  }
}
