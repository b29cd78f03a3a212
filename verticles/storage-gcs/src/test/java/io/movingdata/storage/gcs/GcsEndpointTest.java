package io.movingdata.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.error.MovingDataException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsEndpointTest {
  private final GcsEndpoint google =
      new GcsEndpoint(URI.create("https://storage.googleapis.com"), "bucket-1");

  @Test
  void aNameIsEncodedCompletely() {
    assertThat(google.object("a/b c?d#e%2F+*~ü"))
        .startsWith("/storage/v1/b/bucket-1/o/a%2Fb%20c%3Fd%23e%252F%2B%2A~%C3%BC?fields=");
    assertThat(google.media("../x", 7))
        .isEqualTo("/storage/v1/b/bucket-1/o/..%2Fx?alt=media&ifGenerationMatch=7");
  }

  @Test
  void aDeleteIsConditionalOnlyWhereAGenerationIsKnown() {
    assertThat(google.delete("k", null)).isEqualTo("/storage/v1/b/bucket-1/o/k");
    assertThat(google.delete("k", 5L)).isEqualTo("/storage/v1/b/bucket-1/o/k?ifGenerationMatch=5");
  }

  @Test
  void aListingCarriesOnlyWhatWasGiven() {
    assertThat(google.list(new ListRequest("a&b", "/", "t=1", 10)))
        .startsWith(
            "/storage/v1/b/bucket-1/o?maxResults=10&prefix=a%26b&delimiter=%2F&pageToken=t%3D1&f");
    assertThat(google.list(new ListRequest("", null, null, 1000)))
        .startsWith("/storage/v1/b/bucket-1/o?maxResults=1000&fields=");
  }

  @Test
  void aPathBeforeTheApiIsKept() {
    GcsEndpoint proxied = new GcsEndpoint(URI.create("http://proxy:8080/gcs/"), "bucket-1");
    assertThat(proxied.probe()).startsWith("/gcs/storage/v1/b/bucket-1/o?");
    assertThat(proxied.session("http://proxy:8080/gcs/upload/storage/v1/b/bucket-1/o?upload_id=x"))
        .isEqualTo("/gcs/upload/storage/v1/b/bucket-1/o?upload_id=x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://storage.googleapis.com/upload/storage/v1/b/bucket-1/o?upload_id=x",
        "https://storage.googleapis.com:443/upload/storage/v1/b/bucket-1/o?upload_id=x",
        "HTTPS://STORAGE.googleapis.com/upload/storage/v1/b/bucket-1/o?upload_id=x"
      })
  void aSessionOfTheEndpointBelongsToIt(String session) {
    assertThat(google.session(session)).isEqualTo("/upload/storage/v1/b/bucket-1/o?upload_id=x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary",
        "http://storage.googleapis.com/upload/storage/v1/b/bucket-1/o?upload_id=canary",
        "https://storage.googleapis.com:8443/upload/storage/v1/b/bucket-1/o?upload_id=canary",
        "https://storage.googleapis.com.evil.example/upload/storage/v1/b/bucket-1/o?upload_id=canary",
        "https://storage.googleapis.com@evil.example/upload/storage/v1/b/bucket-1/o?upload_id=canary",
        "https://evil.example\\@storage.googleapis.com/upload/storage/v1/b/bucket-1/o?upload_id=canary",
        "https://u:p@storage.googleapis.com/upload/storage/v1/b/bucket-1/o?upload_id=canary",
        "https://storage.googleapis.com/upload/storage/v1/b/bucket-2/o?upload_id=canary",
        "https://storage.googleapis.com/upload/storage/v1/b/bucket-1/o/../../x/o?upload_id=canary",
        "https://storage.googleapis.com/upload/storage/v1/b/bucket-1/o?upload_id=canary#x",
        "https://storage.googleapis.com/upload/storage/v1/b/bucket-1/o",
        "/upload/storage/v1/b/bucket-1/o?upload_id=canary",
        "mailto:canary"
      })
  void aSessionElsewhereIsRefusedAndNotRepeated(String session) {
    assertThatThrownBy(() -> google.session(session))
        .isInstanceOf(MovingDataException.class)
        .hasMessageContaining("does not belong")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host", "host:80", "/path", "https://u:p@host"})
  void anAddressThatIsNoWebServerIsRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GcsEndpoint(URI.create(address), "bucket-1"));
  }
}
