package io.movingdata.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.storage.s3.S3Range.Announced;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3RangeTest {
  @Test
  void theHeaderNamesFirstAndLastByte() {
    assertThat(new S3Range(0, -1).header()).isNull();
    assertThat(new S3Range(5, -1).header()).isEqualTo("bytes=5-");
    assertThat(new S3Range(5, 10).header()).isEqualTo("bytes=5-14");
    assertThat(new S3Range(0, 1).header()).isEqualTo("bytes=0-0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, -1, 200, 100, , 100, 100",
    "0, 100, 200, 100, , 100, 100",
    "0, 500, 200, 100, , 100, 100",
    "5, -1, 206, 95, bytes 5-99/100, 95, 100",
    "5, 10, 206, 10, bytes 5-14/100, 10, 100",
    "5, 10, 206, , bytes 5-14/100, 10, 100",
    "95, 10, 206, 5, bytes 95-99/100, 5, 100",
  })
  void whatWasAskedForIsAccepted(
      long offset, long length, int status, String size, String range, long bytes, long whole) {
    assertThat(new S3Range(offset, length).announced(status, headers(size, range)))
        .isEqualTo(new Announced(bytes, whole));
  }

  @ParameterizedTest
  @CsvSource({
    "0, -1, 200, , ",
    "5, -1, 200, 100, ",
    "0, 10, 200, 100, ",
    "5, 10, 206, 10, ",
    "5, 10, 206, 10, bytes 6-15/100",
    "5, 10, 206, 9, bytes 5-13/100",
    "5, 10, 206, 11, bytes 5-14/100",
    "5, -1, 206, 94, bytes 5-98/100",
    "5, 10, 206, 10, bytes 5-14/12",
    "5, 10, 206, 10, bytes 5-14/*",
    "5, 10, 206, 10, items 5-14/100",
    "0, -1, 200, -1, ",
  })
  void whatWasNotAskedForIsRefused(
      long offset, long length, int status, String size, String range) {
    assertThat(new S3Range(offset, length).announced(status, headers(size, range))).isNull();
  }

  private static MultiMap headers(String size, String range) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (size != null) {
      headers.add("content-length", size);
    }
    if (range != null) {
      headers.add("content-range", range);
    }
    return headers;
  }
}
