package io.movingdata.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ErrorsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final S3Request PUT = S3Request.object("put", HttpMethod.PUT, "k");
  private static final S3Request HEAD = S3Request.object("head", HttpMethod.HEAD, "k");
  private static final S3Request LIST =
      S3Request.bucket("listing", HttpMethod.GET).expecting("ListBucketResult");

  private final S3Clock clock = new S3Clock(Clock.fixed(NOW, ZoneOffset.UTC));
  private final S3Errors errors = new S3Errors("hot", clock);

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, OBJECT_NOT_FOUND",
    "404, NoSuchBucket, PROVIDER_REJECTED",
    "404, NoSuchUpload, SESSION_LOST",
    "400, InvalidPart, SESSION_LOST",
    "403, AccessDenied, PROVIDER_REJECTED",
    "403, SignatureDoesNotMatch, PROVIDER_REJECTED",
    "400, ExpiredToken, PROVIDER_REJECTED",
    "401, Unauthorized, PROVIDER_REJECTED",
    "412, PreconditionFailed, PRECONDITION_FAILED",
    "416, InvalidRange, RANGE_NOT_SATISFIABLE",
    "400, BadDigest, CHECKSUM_MISMATCH",
    "400, XAmzContentSHA256Mismatch, CHECKSUM_MISMATCH",
    "400, RequestTimeout, PROVIDER_DOWN",
    "503, SlowDown, PROVIDER_BUSY",
    "503, ServiceUnavailable, PROVIDER_BUSY",
    "429, TooManyRequests, PROVIDER_BUSY",
    "409, OperationAborted, PROVIDER_BUSY",
    "500, InternalError, PROVIDER_DOWN",
    "502, Whatever, PROVIDER_DOWN",
    "501, NotImplemented, PROVIDER_REJECTED",
    "301, PermanentRedirect, PROVIDER_REJECTED",
    "307, TemporaryRedirect, PROVIDER_REJECTED",
    "308, Anything, PROVIDER_REJECTED",
    "200, InternalError, PROVIDER_DOWN",
    "200, SlowDown, PROVIDER_BUSY",
    "200, AccessDenied, PROVIDER_DOWN",
  })
  void everyRefusalHasItsMeaning(int status, String code, ErrorCode meaning) {
    S3Answer answer = errors.judge(PUT, status, headers(), error(code));
    assertThat(answer.failure().code()).isEqualTo(meaning);
    assertThat(answer.failedWith(code)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "401, PROVIDER_REJECTED",
    "403, PROVIDER_REJECTED",
    "404, PROVIDER_DOWN",
    "412, PRECONDITION_FAILED",
    "416, RANGE_NOT_SATISFIABLE",
    "408, PROVIDER_DOWN",
    "429, PROVIDER_BUSY",
    "503, PROVIDER_BUSY",
    "504, PROVIDER_DOWN",
    "302, PROVIDER_REJECTED",
  })
  void aStatusWithoutS3sWordsHasAMeaningToo(int status, ErrorCode meaning) {
    S3Answer answer = errors.judge(PUT, status, headers(), Buffer.buffer("<html>Oops</html>"));
    assertThat(answer.failure().code()).isEqualTo(meaning);
  }

  @Test
  void onlyAHeadMayReportAMissingObjectWithoutWords() {
    assertThat(errors.judge(HEAD, 404, headers(), Buffer.buffer()).failure().code())
        .isEqualTo(ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void aRedirectSaysWhatToCheck() {
    MovingDataException failure =
        errors
            .judge(PUT, 307, headers().add("location", "http://169.254.169.254/"), Buffer.buffer())
            .failure();
    assertThat(failure)
        .hasMessageContaining("not followed")
        .hasMessageContaining("endpoint and region")
        .hasMessageNotContaining("169.254");
  }

  @Test
  void anythingButTheDocumentAskedForIsNonsense() {
    for (String body : new String[] {"", "<html/>", "hello", "<ListBucketResult>", "<Other/>"}) {
      S3Answer answer = errors.judge(LIST, 200, headers(), Buffer.buffer(body));
      assertThat(answer.failure().code()).as(body).isEqualTo(ErrorCode.PROVIDER_DOWN);
    }
    assertThat(errors.judge(LIST, 200, headers(), Buffer.buffer("<ListBucketResult/>")).failure())
        .isNull();
  }

  @Test
  void aPageWhereNothingBelongsIsNonsense() {
    assertThat(errors.judge(PUT, 200, headers(), Buffer.buffer("<html/>")).failure().code())
        .isEqualTo(ErrorCode.PROVIDER_DOWN);
    assertThat(errors.judge(PUT, 200, headers(), Buffer.buffer()).failure()).isNull();
  }

  @Test
  void nothingOfTheAnswerIsPassedOnButItsCode() {
    S3Answer answer =
        errors.judge(
            PUT,
            403,
            headers(),
            Buffer.buffer(
                "<Error><Code>Sig nature\n</Code><Message>canary</Message>"
                    + "<StringToSign>canary</StringToSign></Error>"));
    assertThat(answer.errorCode()).isNull();
    assertThat(answer.failure())
        .hasMessage("s3 location hot: put of k was refused (403)")
        .hasMessageNotContaining("canary");
  }

  @Test
  void theWaitThatWasAskedForIsKept() {
    assertThat(busy("7").retryAfterMs()).isEqualTo(7_000);
  }

  @Test
  void aRefusalForTheTimeCorrectsTheClockAndIsWorthOneMoreTry() {
    MultiMap date = headers().add("date", "Fri, 02 Jan 2026 03:30:05 GMT");
    S3Answer first = errors.judge(PUT, 403, date, error("RequestTimeTooSkewed"));
    assertThat(first.failure().code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    assertThat(clock.now()).isEqualTo(NOW.plusSeconds(26 * 60));
    S3Answer second = errors.judge(PUT, 403, date, error("RequestTimeTooSkewed"));
    assertThat(second.failure().code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
  }

  @Test
  void aClockThatIsRightStaysAsItIs() {
    assertThat(clock.learn("Fri, 02 Jan 2026 03:05:05 GMT")).isFalse();
    assertThat(clock.learn("yesterday")).isFalse();
    assertThat(clock.learn(null)).isFalse();
    assertThat(clock.now()).isEqualTo(NOW);
  }

  @Test
  void aFailureOfTheNetworkIsAnUnknownOutcome() {
    MovingDataException failure = errors.unreachable(PUT, new ConnectException("10.0.0.1:9"));
    assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_DOWN);
    assertThat(failure).hasMessageNotContaining("10.0.0.1").hasMessageContaining("hot");
  }

  private MovingDataException busy(String retryAfter) {
    return errors
        .judge(PUT, 503, headers().add("retry-after", retryAfter), error("SlowDown"))
        .failure();
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  private static Buffer error(String code) {
    return Buffer.buffer("<Error><Code>" + code + "</Code><Message>m</Message></Error>");
  }
}
