package io.movingdata.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.Provider;
import io.movingdata.core.judge.ProviderRequest;
import io.movingdata.core.judge.RequestKind;
import io.movingdata.testkit.net.LoggedExchange;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of each provider's API are recognised. */
class RequestKindsTest {
  private static final Instant NOW = Instant.EPOCH;

  private static ProviderRequest of(
      Provider provider, String method, String uri, int status, long bytes) {
    LoggedExchange exchange = new LoggedExchange(1, NOW, NOW, method, uri, bytes, status, 0, null);
    return RequestKinds.of("here", provider, exchange);
  }

  @ParameterizedTest
  @CsvSource({
    "S3, PUT, /b/k%2Dey, 200, PUT",
    "S3, POST, /b/k-ey?uploads, 200, BEGIN",
    "S3, POST, /b/k-ey?uploads=, 200, BEGIN",
    "S3, PUT, /b/k-ey?partNumber=1&uploadId=u, 200, PART",
    "S3, POST, /b/k-ey?uploadId=u, 200, COMPLETE",
    "S3, DELETE, /b/k-ey?uploadId=u, 204, ABORT",
    "S3, DELETE, /b/k-ey, 204, DELETE",
    "S3, HEAD, /b/k-ey, 200, READ",
    "AZURE, PUT, /account/c/k-ey, 201, PUT",
    "AZURE, PUT, /account/c/k-ey?comp=block&blockid=x, 201, PART",
    "AZURE, PUT, /account/c/k-ey?comp=blocklist, 201, COMPLETE",
    "AZURE, DELETE, /account/c/k-ey, 202, DELETE",
    "AZURE, GET, /account/c/k-ey?comp=blocklist&blocklisttype=uncommitted, 200, READ",
    "GCS, POST, /upload/storage/v1/b/c/o?uploadType=multipart&name=k-ey, 200, PUT",
    "GCS, POST, /upload/storage/v1/b/c/o?uploadType=resumable&name=k%2Dey, 200, BEGIN",
    "GCS, PUT, /upload/storage/v1/b/c/o?uploadType=resumable&name=k-ey&upload_id=u, 308, PART",
    "GCS, PUT, /upload/storage/v1/b/c/o?uploadType=resumable&name=k-ey&upload_id=u, 200, COMPLETE",
    "GCS, DELETE, /upload/storage/v1/b/c/o?uploadType=resumable&name=k-ey&upload_id=u, 499, ABORT",
    "GCS, DELETE, /storage/v1/b/c/o/k-ey?ifGenerationMatch=1, 204, DELETE",
    "GCS, GET, /storage/v1/b/c/o/k-ey?alt=media, 200, READ"
  })
  void requestsForAnObjectAreRecognised(
      Provider provider, String method, String uri, int status, RequestKind kind) {
    ProviderRequest request = of(provider, method, uri, status, 1000);
    assertThat(request.kind()).isEqualTo(kind);
    assertThat(request.key()).isEqualTo("k-ey");
    assertThat(request.location()).isEqualTo("here");
    assertThat(request.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "S3, GET, /b?list-type=2",
    "S3, PUT, /b",
    "AZURE, PUT, /account/c?restype=container",
    "GCS, GET, /storage/v1/b/c/o?maxResults=1",
    "GCS, POST, /storage/v1/b?project=p"
  })
  void requestsForABucketNameNoObject(Provider provider, String method, String uri) {
    ProviderRequest request = of(provider, method, uri, 200, 0);
    assertThat(request.kind()).isEqualTo(RequestKind.OTHER);
    assertThat(request.key()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"61, ABORT", "150, COMPLETE"})
  void anEmptyBlockListIsNoObject(long bytes, RequestKind kind) {
    String uri = "/account/c/k?comp=blocklist";
    assertThat(of(Provider.AZURE, "PUT", uri, 201, bytes).kind()).isEqualTo(kind);
  }
}
