package io.movingdata.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.model.MetadataEntry;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about a content in headers. */
class HeadersTest {
  private static final String SHA = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  @Test
  void digestsAreReadAndOthersIgnored() {
    DeclaredDigests digests =
        DeclaredDigests.parse(
            "1B2M2Y8AsgTpgAmY7PhCfg==", "sha-512=:AAAA:, sha-256=:" + SHA + ":", null);

    assertThat(digests.sha256()).startsWith("e3b0c442");
    assertThat(digests.md5()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    assertThatThrownBy(() -> digests.require("00", "11"))
        .hasMessageContaining("Repr-Digest")
        .hasMessageContaining("Content-MD5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha-256=" + SHA, "sha-256=:AAAA:", "sha-256=:!!!:", "sha-256"})
  void aDigestThatIsMalformedIsRefused(String header) {
    assertThatThrownBy(() -> DeclaredDigests.parse(null, header, null))
        .hasMessageContaining("Repr-Digest");
  }

  @Test
  void metadataIsTakenFromItsHeadersOnly() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.add("X-Meta-Team", " iot ").add("Other", "x");

    assertThat(UserMetadata.of(headers)).containsExactly(new MetadataEntry("team", "iot"));
    headers.add("x-meta-team", "twice").add("X-Meta-b$d", "1").add("X-Meta-u", "\u00e9");
    assertThatThrownBy(() -> UserMetadata.of(headers))
        .hasMessageContaining("more than once")
        .hasMessageContaining("names are")
        .hasMessageContaining("printable");
    MultiMap large = MultiMap.caseInsensitiveMultiMap().add("X-Meta-a", "x".repeat(8_192));
    assertThatThrownBy(() -> UserMetadata.of(large)).hasMessageContaining("bytes in all");
  }

  @Test
  void metadataOfAnyKindMayStandInAHeader() {
    assertThat(UserMetadata.headerValue("plain text")).isEqualTo("plain text");
    assertThat(UserMetadata.headerValue("a\r\nb\u00e9")).isEqualTo("a%0D%0Ab%C3%A9");
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/report.txt, attachment; filename=\"report.txt\"; filename*=UTF-8''report.txt",
    "a/.., attachment; filename=\"download\"; filename*=UTF-8''download",
    "a/, attachment; filename=\"download\"; filename*=UTF-8''download",
    "x\"y;z, attachment; filename=\"x_y_z\"; filename*=UTF-8''x%22y%3Bz",
    "é😀, attachment; filename=\"__\"; filename*=UTF-8''%C3%A9%F0%9F%98%80"
  })
  void aDownloadHasASafeName(String id, String disposition) {
    assertThat(Disposition.of(id)).isEqualTo(disposition);
  }

  @Test
  void aMediaTypeIsKeptIfItIsOne() {
    assertThat(MediaType.of("text/plain; charset=utf-8")).isEqualTo("text/plain; charset=utf-8");
    assertThat(MediaType.of(null)).isEqualTo("application/octet-stream");
    assertThatThrownBy(() -> MediaType.of("text")).hasMessageContaining("Content-Type");
    assertThatThrownBy(() -> MediaType.of("a/b\u00e9")).hasMessageContaining("Content-Type");
  }
}
