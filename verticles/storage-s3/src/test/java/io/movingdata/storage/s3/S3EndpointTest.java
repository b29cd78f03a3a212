package io.movingdata.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.error.MovingDataException;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3EndpointTest {
  @Test
  void pathStylePutsTheBucketIntoThePath() {
    S3Endpoint endpoint =
        S3Endpoint.of(S3Locations.at("http://127.0.0.1:9000").bucket("b").build());
    assertThat(endpoint.hostHeader()).isEqualTo("127.0.0.1:9000");
    assertThat(endpoint.path("a b/c")).isEqualTo("/b/a%20b/c");
    assertThat(endpoint.path(null)).isEqualTo("/b");
  }

  @Test
  void virtualHostStylePutsTheBucketIntoTheHost() {
    S3Endpoint endpoint =
        S3Endpoint.of(
            S3Locations.at("https://s3.eu-central-1.amazonaws.com/")
                .bucket("b")
                .pathStyle(false)
                .build());
    assertThat(endpoint)
        .isEqualTo(
            new S3Endpoint(
                true,
                "b.s3.eu-central-1.amazonaws.com",
                443,
                "b.s3.eu-central-1.amazonaws.com",
                ""));
    assertThat(endpoint.path("k")).isEqualTo("/k");
    assertThat(endpoint.path(null)).isEqualTo("/");
  }

  @Test
  void aPathOfTheEndpointIsKept() {
    S3Endpoint endpoint =
        S3Endpoint.of(S3Locations.at("https://gateway.example:8443/s3/").bucket("b").build());
    assertThat(endpoint.hostHeader()).isEqualTo("gateway.example:8443");
    assertThat(endpoint.path("k")).isEqualTo("/s3/b/k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/../b", "a/.", "./b"})
  void aKeyThatCouldMeanTheBucketOrAnotherObjectIsRefused(String key) {
    assertThatThrownBy(() -> S3Request.object("deletion", HttpMethod.DELETE, key))
        .isInstanceOf(MovingDataException.class);
  }

  @Test
  void metadataThatNoHeaderCanHoldAreRefused() {
    S3Headers headers = new S3Headers(null);
    assertThat(headers.of(Map.of("copy-1", "a b"))).containsEntry("x-amz-meta-copy-1", "a b");
    for (String bad : new String[] {"", " a", "a ", "a\r\nx-amz-acl: public", "\u00e9"}) {
      assertThatThrownBy(() -> headers.of(Map.of("copy", bad)))
          .isInstanceOf(MovingDataException.class);
    }
    assertThatThrownBy(() -> headers.of(Map.of("Copy:", "a")))
        .isInstanceOf(MovingDataException.class);
  }
}
