package io.movingdata.storage.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class S3PagesTest {
  private static final Instant WHEN = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void objectsAndPrefixesAreDecodedWhereTheServerEncodedThem() {
    String entry =
        "<Contents><Key>a+b%2Bc%C3%A9</Key><Size>7</Size><ETag>\"e\"</ETag>"
            + "<LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>"
            + "<CommonPrefixes><Prefix>p%2F</Prefix></CommonPrefixes>";
    ListPage encoded = objects("<EncodingType>url</EncodingType>" + entry);
    assertThat(encoded.objects()).extracting(ObjectStat::key).containsExactly("a b+c\u00e9");
    assertThat(encoded.prefixes()).containsExactly("p/");
    assertThat(encoded.next()).isNull();
    ListPage plain = objects(entry);
    assertThat(plain.objects()).extracting(ObjectStat::key).containsExactly("a+b%2Bc%C3%A9");
    assertThat(plain.objects().get(0).lastModified()).isEqualTo(WHEN);
    assertThat(plain.objects().get(0).etag()).isEqualTo("e");
  }

  @Test
  void aTruncatedPageHasATokenOrIsBroken() {
    assertThat(
            objects(
                    "<IsTruncated>true</IsTruncated>"
                        + "<NextContinuationToken>t</NextContinuationToken>")
                .next())
        .isEqualTo("t");
    assertThat(objects("<IsTruncated>true</IsTruncated>")).isNull();
  }

  @Test
  void nonsenseInAPageBreaksIt() {
    assertThat(objects("<Contents><Key>k</Key></Contents>")).isNull();
    assertThat(
            objects(
                "<Contents><Key>k</Key><Size>many</Size>"
                    + "<LastModified>2026-01-02T03:04:05Z</LastModified></Contents>"))
        .isNull();
    assertThat(
            objects(
                "<Contents><Key>k</Key><Size>1</Size>"
                    + "<LastModified>yesterday</LastModified></Contents>"))
        .isNull();
  }

  @Test
  void partsCountOnlyAsFarAsTheyAreContiguous() {
    Crc32cValue one = Crc32cValue.of("one".getBytes(US_ASCII));
    Crc32cValue two = Crc32cValue.of("two".getBytes(US_ASCII));
    S3Pages.PartsPage page =
        S3Pages.parts(
            xml(
                part(1, "aa", one)
                    + part(2, "bb", two)
                    + part(4, "dd", one)
                    + "<IsTruncated>false</IsTruncated>"));
    UploadedParts parts = S3Uploads.contiguous(page.parts());
    assertThat(parts.size()).isEqualTo(6);
    assertThat(parts.tags()).containsExactly("aa " + one.base64(), "bb " + two.base64());
    assertThat(S3Uploads.crc(parts)).isEqualTo(Crc32cValue.of("onetwo".getBytes(US_ASCII)));
  }

  @Test
  void withoutTheChecksumOfEachPartThereIsNoneOfTheWhole() {
    S3Pages.PartsPage page = S3Pages.parts(xml(part(1, "aa", null)));
    assertThat(S3Uploads.contiguous(page.parts()))
        .isEqualTo(new UploadedParts(3, List.of("aa"), -1));
    assertThat(S3Uploads.contiguous(List.of())).isEqualTo(new UploadedParts(0, List.of(), 0));
  }

  @Test
  void uploadsAreReadWithTheMarkersOfTheNextPage() {
    S3Pages.UploadsPage page =
        S3Pages.uploads(
            xml(
                "<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>"
                    + "<NextKeyMarker>k+1</NextKeyMarker>"
                    + "<NextUploadIdMarker>u1</NextUploadIdMarker>"
                    + "<Upload><Key>k+1</Key><UploadId>u1</UploadId>"
                    + "<Initiated>2026-01-02T03:04:05Z</Initiated></Upload>"));
    assertThat(page.uploads()).containsExactly(new UnfinishedUpload("k 1", "u1", WHEN));
    assertThat(page.nextKey()).isEqualTo("k 1");
    assertThat(page.nextUpload()).isEqualTo("u1");
  }

  private static String part(int number, String etag, Crc32cValue crc) {
    String sum = crc == null ? "" : "<ChecksumCRC32C>" + crc.base64() + "</ChecksumCRC32C>";
    return "<Part><PartNumber>%d</PartNumber><ETag>\"%s\"</ETag><Size>3</Size>%s</Part>"
        .formatted(number, etag, sum);
  }

  private static ListPage objects(String content) {
    return S3Pages.objects(xml(content));
  }

  private static XmlElement xml(String content) {
    return S3Xml.parse(Buffer.buffer("<Page>" + content + "</Page>"));
  }
}
