package io.movingdata.storage.s3;

import io.movingdata.core.contract.StorageApi.ListPage;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the pages of S3's listings. A page that contradicts itself is no page: null. */
final class S3Pages {
  private S3Pages() {}

  /** A part that the server holds. */
  record HeldPart(int number, long size, PartTag tag) {}

  /** Parts in order of number, and the marker of the next page, null on the last. */
  record PartsPage(List<HeldPart> parts, String next) {}

  /** Uploads, and the markers of the next page, both null on the last. */
  record UploadsPage(List<UnfinishedUpload> uploads, String nextKey, String nextUpload) {}

  /** A page of objects. */
  static ListPage objects(XmlElement page) {
    return reading(
        () -> {
          Function<String, String> decode = decoder(page);
          List<ObjectStat> objects =
              page.all("Contents").stream().map(entry -> object(entry, decode)).toList();
          List<String> prefixes =
              page.all("CommonPrefixes").stream()
                  .map(entry -> decode.apply(required(entry, "Prefix")))
                  .toList();
          return new ListPage(
              objects, prefixes, truncated(page) ? required(page, "NextContinuationToken") : null);
        });
  }

  /** A page of an upload's parts. */
  static PartsPage parts(XmlElement page) {
    return reading(
        () ->
            new PartsPage(
                page.all("Part").stream().map(S3Pages::part).toList(),
                truncated(page) ? required(page, "NextPartNumberMarker") : null));
  }

  /** A page of unfinished uploads; upload ids are those of the server. */
  static UploadsPage uploads(XmlElement page) {
    return reading(
        () -> {
          Function<String, String> decode = decoder(page);
          List<UnfinishedUpload> uploads =
              page.all("Upload").stream()
                  .map(
                      entry ->
                          new UnfinishedUpload(
                              decode.apply(required(entry, "Key")),
                              required(entry, "UploadId"),
                              Instant.parse(required(entry, "Initiated"))))
                  .toList();
          return truncated(page)
              ? new UploadsPage(
                  uploads,
                  decode.apply(required(page, "NextKeyMarker")),
                  required(page, "NextUploadIdMarker"))
              : new UploadsPage(uploads, null, null);
        });
  }

  private static ObjectStat object(XmlElement entry, Function<String, String> decode) {
    return new ObjectStat(
        decode.apply(required(entry, "Key")),
        Long.parseLong(required(entry, "Size")),
        S3Stored.unquoted(entry.text("ETag")),
        null,
        Map.of(),
        Instant.parse(required(entry, "LastModified")));
  }

  private static HeldPart part(XmlElement entry) {
    String crc = entry.text("ChecksumCRC32C");
    String etag = S3Stored.unquoted(required(entry, "ETag"));
    return new HeldPart(
        Integer.parseInt(required(entry, "PartNumber")),
        Long.parseLong(required(entry, "Size")),
        PartTag.parse(crc == null ? etag : etag + " " + crc));
  }

  private static boolean truncated(XmlElement page) {
    return "true".equals(page.text("IsTruncated"));
  }

  /** A server that encodes keys says so; one that was asked and says nothing did not. */
  private static Function<String, String> decoder(XmlElement page) {
    return "url".equals(page.text("EncodingType"))
        ? key -> URLDecoder.decode(key, StandardCharsets.UTF_8)
        : Function.identity();
  }

  private static String required(XmlElement element, String child) {
    String text = element.text(child);
    if (text == null) {
      throw new IllegalArgumentException("no " + child);
    }
    return text;
  }

  private interface Reading<T> {
    T read();
  }

  /** Numbers, dates and encodings that are none make the page none. */
  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }
}
