package io.movingdata.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3StoredTest {
  private static final S3Body HELLO = S3Body.of(Buffer.buffer("hello"));
  private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";
  private static final String OTHER_MD5 = "00000000000000000000000000000000";

  @Test
  void theDigestsOfABodyAreTheKnownOnes() {
    assertThat(HELLO.md5().hex()).isEqualTo(HELLO_MD5);
    assertThat(HELLO.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(HELLO.crc32c().hex()).isEqualTo("9a71bb4c");
    byte[] large = new byte[100_001];
    large[70_000] = 7;
    assertThat(S3Body.of(Buffer.buffer(large)).sha256()).isEqualTo(S3Signer.sha256Hex(large));
    assertThat(S3Body.of(Buffer.buffer(large)).crc32c()).isEqualTo(Crc32cValue.of(large));
  }

  @Test
  void anMd5TagProvesOrContradicts() {
    assertThat(tag(HELLO_MD5).proves(HELLO)).isTrue();
    assertThat(tag(HELLO_MD5).contradicts(HELLO)).isFalse();
    assertThat(tag(OTHER_MD5).contradicts(HELLO)).isTrue();
    assertThat(tag("opaque").proves(HELLO)).isFalse();
    assertThat(tag("opaque").contradicts(HELLO)).isFalse();
  }

  @Test
  void aTagUnderAKeyServiceSaysNothing() {
    MultiMap headers = headers(OTHER_MD5).add("x-amz-server-side-encryption", "aws:kms");
    assertThat(S3Stored.of(headers).contradicts(HELLO)).isFalse();
    assertThat(S3Stored.of(headers).proves(HELLO)).isFalse();
    assertThat(S3Stored.of(headers).checksum()).isNull();
    headers.add("x-amz-checksum-crc32c", HELLO.crc32c().base64());
    assertThat(S3Stored.of(headers).proves(HELLO)).isTrue();
    assertThat(S3Stored.of(headers).checksum()).isEqualTo("crc32c:9a71bb4c");
  }

  @Test
  void aWrongChecksumContradictsWhateverTheTagSays() {
    MultiMap headers = headers(HELLO_MD5).add("x-amz-checksum-crc32c", Crc32cValue.EMPTY.base64());
    assertThat(S3Stored.of(headers).contradicts(HELLO)).isTrue();
  }

  @Test
  void aChecksumOfChecksumsIsNotOneOfTheWhole() {
    MultiMap headers = headers("opaque").add("x-amz-checksum-crc32c", "AAAAAA==-2");
    assertThat(S3Stored.of(headers).crc32c()).isNull();
    assertThat(S3Stored.of(headers("opaque").add("x-amz-checksum-crc32c", "!")).crc32c()).isNull();
  }

  @Test
  void theTagOfPartsIsTheMd5OfTheirMd5s() {
    PartTag part = new PartTag(HELLO_MD5, null);
    assertThat(S3Stored.etagOf(List.of(part, part)))
        .isEqualTo("616b22817b80eed9f65c3aa38cd29054-2");
    assertThat(S3Stored.etagOf(List.of(part, new PartTag("opaque", null)))).isNull();
  }

  @Test
  void anObjectIsDescribedByItsHeaders() {
    MultiMap headers =
        headers(HELLO_MD5 + "-3")
            .add("X-Amz-Meta-Copy", "c1")
            .add("last-modified", "Fri, 02 Jan 2026 03:04:05 GMT");
    assertThat(S3Stored.stat("k", 5, headers))
        .isEqualTo(
            new ObjectStat(
                "k",
                5,
                HELLO_MD5 + "-3",
                "md5-parts:" + HELLO_MD5 + "-3",
                Map.of("copy", "c1"),
                Instant.parse("2026-01-02T03:04:05Z")));
  }

  @Test
  void aTagOfAPartSurvivesBeingText() {
    PartTag summed = new PartTag("aa", HELLO.crc32c());
    assertThat(PartTag.parse(summed.toString())).isEqualTo(summed);
    for (String etag : new String[] {"aa", "a tag of odd spelling", ""}) {
      PartTag plain = new PartTag(etag, null);
      assertThat(PartTag.parse(plain.toString())).isEqualTo(plain);
    }
  }

  private static S3Stored tag(String etag) {
    return S3Stored.of(headers(etag));
  }

  private static MultiMap headers(String etag) {
    return MultiMap.caseInsensitiveMultiMap().add("etag", '"' + etag + '"');
  }
}
