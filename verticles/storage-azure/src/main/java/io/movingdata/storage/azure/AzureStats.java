package io.movingdata.storage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.rest.Response;
import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlockBlobItem;
import io.movingdata.core.checksum.Md5Value;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what Azure says of a blob, and takes nothing for granted that it leaves out. */
final class AzureStats {
  private static final int MD5_BYTES = 16;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /**
   * What the answer to a read announces.
   *
   * @param offset of its first byte in the object
   * @param length its bytes
   */
  record Announced(ObjectStat stat, long offset, long length) {}

  private AzureStats() {}

  /** The answer to a question for properties. */
  static ObjectStat ofProperties(String key, Response<BlobProperties> answer) {
    String operation = "stat an object";
    BlobProperties found = answer.getValue();
    String size = answer.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
    if (found == null || size == null) {
      throw AzureErrors.nonsense(operation, "no size");
    }
    return stat(
        operation,
        key,
        found.getBlobSize(),
        found.getETag(),
        md5(found.getContentMd5()),
        found.getMetadata(),
        found.getLastModified());
  }

  /** The answer to a read, whole (200) or of a range (206). */
  static Announced ofDownload(String key, BlobDownloadAsyncResponse answer) {
    String operation = "read an object";
    BlobDownloadHeaders headers = answer.getDeserializedHeaders();
    Long length = headers.getContentLength();
    if (length == null) {
      throw AzureErrors.nonsense(operation, "no length");
    }
    boolean whole = answer.getStatusCode() == 200;
    Matcher range = CONTENT_RANGE.matcher(String.valueOf(headers.getContentRange()));
    if (!whole && !range.matches()) {
      throw AzureErrors.nonsense(operation, "a part without its range");
    }
    byte[] md5 = headers.getBlobContentMD5();
    ObjectStat stat =
        stat(
            operation,
            key,
            whole ? length : Long.parseLong(range.group(3)),
            headers.getETag(),
            md5(md5 == null && whole ? headers.getContentMd5() : md5),
            headers.getMetadata(),
            headers.getLastModified());
    return new Announced(stat, whole ? 0 : Long.parseLong(range.group(1)), length);
  }

  /** What a commit made, as the headers of its block list say. */
  static ObjectStat ofCommit(
      String key, long size, Map<String, String> metadata, HttpHeaders headers) {
    String modified = headers.getValue(HttpHeaderName.LAST_MODIFIED);
    String operation = "commit blocks";
    if (modified == null) {
      throw AzureErrors.nonsense(operation, "no time");
    }
    return stat(
        operation,
        key,
        size,
        headers.getValue(HttpHeaderName.ETAG),
        null,
        metadata,
        OffsetDateTime.parse(modified, DateTimeFormatter.RFC_1123_DATE_TIME));
  }

  /** What a put made. */
  static ObjectStat ofPut(
      String key, Payload sent, Map<String, String> metadata, BlockBlobItem made) {
    return stat(
        "put an object",
        key,
        sent.length(),
        made.getETag(),
        md5(made.getContentMd5()),
        metadata,
        made.getLastModified());
  }

  /** An entry of a listing. */
  static ObjectStat ofItem(BlobItem item) {
    String operation = "list objects";
    BlobItemProperties found = item.getProperties();
    if (found == null || found.getContentLength() == null) {
      throw AzureErrors.nonsense(operation, "an entry without size");
    }
    return stat(
        operation,
        item.getName(),
        found.getContentLength(),
        found.getETag(),
        md5(found.getContentMd5()),
        item.getMetadata(),
        found.getLastModified());
  }

  private static ObjectStat stat(
      String operation,
      String key,
      long size,
      String etag,
      String checksum,
      Map<String, String> metadata,
      OffsetDateTime modified) {
    if (etag == null || etag.isEmpty() || modified == null || size < 0) {
      throw AzureErrors.nonsense(operation, "no entity tag, time or size");
    }
    return new ObjectStat(key, size, etag, checksum, lowerCase(metadata), modified.toInstant());
  }

  /** The MD5 in the form that {@link ObjectStat} has it, null where there is none. */
  private static String md5(byte[] digest) {
    boolean usable = digest != null && digest.length == MD5_BYTES;
    return usable ? "md5:" + Md5Value.ofBytes(digest).hex() : null;
  }

  /** Header names have no case, and who relays them may change it. */
  private static Map<String, String> lowerCase(Map<String, String> metadata) {
    Map<String, String> lower = new TreeMap<>();
    if (metadata != null) {
      metadata.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    }
    return lower;
  }
}
