package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;
import static io.movingdata.testkit.Results.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UnfinishedUpload;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How every store takes an object in parts. */
abstract class UploadContract extends ListingContract {
  private static final int PART = 21 * 256 * 1024;
  private static final long UNKNOWN = -1;

  /** Whether completing an upload compares the checksum of the whole object. */
  protected Capability checksWholeUploads() {
    return Capability.yes();
  }

  /** Whether unfinished uploads can be listed; where not, the provider drops them by itself. */
  protected Capability listsUnfinishedUploads() {
    return Capability.yes();
  }

  private static List<Buffer> parts(int full, int lastSize) {
    List<Buffer> parts = new ArrayList<>();
    for (int i = 0; i < full; i++) {
      parts.add(Contents.buffer(i, PART));
    }
    parts.add(Contents.buffer(full, lastSize));
    return parts;
  }

  private static Buffer whole(List<Buffer> parts) {
    Buffer whole = Buffer.buffer();
    parts.forEach(whole::appendBuffer);
    return whole;
  }

  private static Part part(List<Buffer> parts, int index) {
    long offset = parts.subList(0, index).stream().mapToLong(Buffer::length).sum();
    boolean last = index == parts.size() - 1;
    return new Part(index + 1, offset, parts.get(index).length(), last);
  }

  private static long unsigned(Crc32cValue crc) {
    return Integer.toUnsignedLong(crc.value());
  }

  private String send(ObjectStore to, String key, String id, List<Buffer> parts, int index) {
    return outcome(to.uploadPart(key, id, part(parts, index), parts.get(index)));
  }

  private UploadedParts sendAll(String key, String id, List<Buffer> parts) {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      tags.add(send(store(), key, id, parts, i));
    }
    Buffer whole = whole(parts);
    return new UploadedParts(whole.length(), tags, unsigned(crc32c(whole)));
  }

  private static boolean holdsNothing(UploadedParts parts) {
    return parts == null || parts.size() == 0;
  }

  @Test
  void makesAnObjectOfExactlyOnePart() {
    String key = freshKey("one-part");
    List<Buffer> parts = parts(0, 1_000);
    String id = outcome(store().beginUpload(key, METADATA));

    ObjectStat stat = outcome(store().completeUpload(key, id, sendAll(key, id, parts)));

    assertDescribes(stat, key, whole(parts));
    assertThat(content(key)).isEqualTo(whole(parts));
  }

  @Test
  void makesAnObjectOfSeveralParts() {
    String key = freshKey("parts");
    List<Buffer> parts = parts(2, 777_777);
    String id = outcome(store().beginUpload(key, METADATA));

    UploadedParts sent = sendAll(key, id, parts);
    ObjectStat stat = outcome(store().completeUpload(key, id, sent));

    assertDescribes(stat, key, whole(parts));
    assertDescribes(outcome(store().stat(key)), key, whole(parts));
    assertThat(outcome(store().stat(key)).etag()).isEqualTo(stat.etag());
    assertThat(content(key)).isEqualTo(whole(parts));
  }

  @Test
  void makesAnObjectWhosePartsAreAllFull() {
    String key = freshKey("full-parts");
    List<Buffer> parts = parts(1, PART);
    String id = outcome(store().beginUpload(key, METADATA));

    outcome(store().completeUpload(key, id, sendAll(key, id, parts)));

    assertThat(content(key)).isEqualTo(whole(parts));
  }

  @Test
  void takesPartsAtOnceAsFarAsItSays() {
    String key = freshKey("parallel-parts");
    List<Buffer> parts = parts(store().parallelParts() - 1, PART);
    String id = outcome(store().beginUpload(key, METADATA));

    List<Future<String>> sending = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      sending.add(store().uploadPart(key, id, part(parts, i), parts.get(i)));
    }
    outcome(Future.all(sending));
    List<String> tags = sending.stream().map(Future::result).toList();
    Buffer whole = whole(parts);
    outcome(
        store()
            .completeUpload(
                key, id, new UploadedParts(whole.length(), tags, unsigned(crc32c(whole)))));

    assertThat(content(key)).isEqualTo(whole);
  }

  @Test
  void anUnfinishedUploadIsNoObject() {
    String key = freshKey("unfinished");
    List<Buffer> parts = parts(1, 1000);
    String id = outcome(store().beginUpload(key, METADATA));
    send(store(), key, id, parts, 0);

    refusal(store().stat(key), ErrorCode.OBJECT_NOT_FOUND);
    outcome(store().abortUpload(key, id));
    refusal(store().stat(key), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void anotherProcessFinishesAnUpload() {
    String key = freshKey("resume");
    List<Buffer> parts = parts(2, 12_345);
    String id = outcome(store().beginUpload(key, METADATA));
    send(store(), key, id, parts, 0);
    send(store(), key, id, parts, 1);

    ObjectStore other = anotherStore();
    UploadedParts held = outcome(other.uploadedParts(key, id));

    assertThat(held.size()).isEqualTo(2L * PART);
    if (held.crc32c() != UNKNOWN) {
      assertThat(held.crc32c()).isEqualTo(unsigned(crc32c(whole(parts.subList(0, 2)))));
    }
    List<String> tags = new ArrayList<>(held.tags());
    tags.add(send(other, key, id, parts, 2));
    Buffer whole = whole(parts);
    long crc = unsigned(crc32c(whole));
    outcome(other.completeUpload(key, id, new UploadedParts(whole.length(), tags, crc)));
    assertThat(content(key)).isEqualTo(whole);
    assertThat(outcome(other.stat(key)).metadata()).isEqualTo(METADATA);
  }

  @Test
  void holdsNothingOfAnUploadThatHasJustBegun() {
    String key = freshKey("begun");
    String id = outcome(store().beginUpload(key, METADATA));

    assertThat(outcome(anotherStore().uploadedParts(key, id)))
        .matches(UploadContract::holdsNothing);
  }

  @Test
  void completesAnUploadWhoseChecksumNobodyKnows() {
    String key = freshKey("unknown-checksum");
    List<Buffer> parts = parts(1, 5_000);
    String id = outcome(store().beginUpload(key, METADATA));
    UploadedParts sent = sendAll(key, id, parts);

    outcome(store().completeUpload(key, id, new UploadedParts(sent.size(), sent.tags(), UNKNOWN)));

    assertThat(content(key)).isEqualTo(whole(parts));
  }

  @Test
  void aPartMayBeSentTwice() {
    String key = freshKey("twice");
    List<Buffer> parts = parts(1, 1_234);
    String id = outcome(store().beginUpload(key, METADATA));
    send(store(), key, id, parts, 0);

    outcome(store().completeUpload(key, id, sendAll(key, id, parts)));

    assertThat(content(key)).isEqualTo(whole(parts));
  }

  @Test
  void forgetsAnAbortedUpload() {
    String key = freshKey("abort");
    List<Buffer> parts = parts(1, 1_000);
    String id = outcome(store().beginUpload(key, METADATA));
    send(store(), key, id, parts, 0);

    outcome(store().abortUpload(key, id));
    outcome(store().abortUpload(key, id));

    assertThat(outcome(anotherStore().uploadedParts(key, id)))
        .matches(UploadContract::holdsNothing);
    refusal(store().stat(key), ErrorCode.OBJECT_NOT_FOUND);
  }

  @Test
  void refusesToCompleteAnotherSize() {
    String key = freshKey("wrong-size");
    List<Buffer> parts = parts(1, 1_000);
    String id = outcome(store().beginUpload(key, METADATA));
    UploadedParts sent = sendAll(key, id, parts);

    refusal(
        store().completeUpload(key, id, new UploadedParts(sent.size() + 1, sent.tags(), UNKNOWN)),
        ErrorCode.CHECKSUM_MISMATCH);
  }

  @Test
  void refusesToCompleteAnotherChecksumWhereItCan() {
    String key = freshKey("wrong-checksum");
    List<Buffer> parts = parts(1, 1_000);
    String id = outcome(store().beginUpload(key, METADATA));
    UploadedParts sent = sendAll(key, id, parts);
    UploadedParts wrong = new UploadedParts(sent.size(), sent.tags(), sent.crc32c() ^ 1);

    if (checksWholeUploads().present()) {
      refusal(store().completeUpload(key, id, wrong), ErrorCode.CHECKSUM_MISMATCH);
    } else {
      assertThat(outcome(store().completeUpload(key, id, wrong)).size()).isEqualTo(sent.size());
    }
  }

  @Test
  void listsUnfinishedUploadsWhereItCan() {
    String key = freshKey("sweep");
    Instant longAgo = Instant.now().minus(Duration.ofDays(1));
    Instant later = Instant.now().plus(Duration.ofDays(1));
    String id = outcome(store().beginUpload(key, METADATA));
    send(store(), key, id, parts(1, 1_000), 0);

    if (!listsUnfinishedUploads().present()) {
      assertThat(outcome(store().unfinishedUploads(later))).isEmpty();
      return;
    }
    assertThat(unfinished(key, longAgo)).isEmpty();
    List<UnfinishedUpload> found = unfinished(key, later);
    assertThat(found).hasSize(1);

    outcome(anotherStore().abortUpload(key, found.get(0).uploadId()));

    assertThat(unfinished(key, later)).isEmpty();
    assertThat(outcome(store().uploadedParts(key, id))).matches(UploadContract::holdsNothing);
  }

  private List<UnfinishedUpload> unfinished(String key, Instant before) {
    return outcome(store().unfinishedUploads(before)).stream()
        .filter(upload -> upload.key().equals(key))
        .toList();
  }
}
