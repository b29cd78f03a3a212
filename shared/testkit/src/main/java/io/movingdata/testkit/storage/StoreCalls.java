package io.movingdata.testkit.storage;

import static io.movingdata.testkit.Results.outcome;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.contract.StorageApi.ListRequest;
import io.movingdata.core.storage.ObjectStore;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import io.movingdata.testkit.Contents;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Every call of a store, prepared but not made: objects and uploads that it needs are there. Used
 * by one test, once.
 */
final class StoreCalls {
  static final String PUT = "put";
  static final String READ = "read";
  static final String PART = "part";
  static final String COMPLETE = "complete";
  static final String ABORT = "abort";
  static final String DELETE = "delete";

  static final Buffer BODY = Contents.buffer(1, 100_000);
  private static final Map<String, String> METADATA = Map.of("mdcopy", "abc");
  private static final Part FIRST = new Part(1, 0, 256 * 1024, false);
  private static final Part WHOLE = new Part(1, 0, BODY.length(), true);

  private final String run = UUID.randomUUID().toString();
  private final ObjectStore helper;
  private final Map<String, Supplier<? extends Future<?>>> calls = new LinkedHashMap<>();
  private final String partUpload;

  /**
   * Prepares everything; faults must begin later.
   *
   * @param store is asked
   * @param helper prepares uploads and finishes them, at the same address
   * @param direct prepares objects
   */
  StoreCalls(ObjectStore store, ObjectStore helper, ObjectStore direct) {
    this.helper = helper;
    for (String stored : List.of("stat", READ, DELETE)) {
      outcome(direct.put(key(stored), METADATA, BODY));
    }
    partUpload = begun(PART);
    String held = begun("parts");
    String finished = begun(COMPLETE);
    String unwanted = begun(ABORT);
    sent("parts", held);
    outcome(helper.uploadPart(key(ABORT), unwanted, FIRST, Contents.buffer(2, 256 * 1024)));
    UploadedParts parts = parts(sent(COMPLETE, finished));

    calls.put("probe", store::probe);
    calls.put("stat", () -> store.stat(key("stat")));
    calls.put(READ, () -> store.read(key(READ), 0, -1, null).compose(FaultyStoreBase::whole));
    calls.put(PUT, () -> store.put(key(PUT), METADATA, BODY));
    calls.put("begin", () -> store.beginUpload(key("begin"), METADATA));
    calls.put(PART, () -> store.uploadPart(key(PART), partUpload, WHOLE, BODY));
    calls.put("parts", () -> store.uploadedParts(key("parts"), held));
    calls.put(COMPLETE, () -> store.completeUpload(key(COMPLETE), finished, parts));
    calls.put(ABORT, () -> store.abortUpload(key(ABORT), unwanted));
    calls.put(DELETE, () -> store.delete(key(DELETE), null));
    calls.put("list", () -> store.list(new ListRequest(run, null, null, 100)));
    calls.put("unfinished", () -> store.unfinishedUploads(Instant.now()));
  }

  /** Leaves out what a provider is not asked for. */
  StoreCalls without(Predicate<String> names) {
    calls.keySet().removeIf(names);
    return this;
  }

  /** Makes every call at once: the outcomes by name. */
  Map<String, Future<?>> all() {
    Map<String, Future<?>> outcomes = new LinkedHashMap<>();
    calls.forEach((name, call) -> outcomes.put(name, call.get()));
    return outcomes;
  }

  /** Makes one call. */
  Future<?> make(String name) {
    return calls.get(name).get();
  }

  /** The key that a call is about. */
  String key(String call) {
    return run + "-" + call;
  }

  /** Makes the object of the part that the call {@link #PART} sent. */
  Future<?> completeThePart(String tag) {
    return helper.completeUpload(key(PART), partUpload, parts(tag));
  }

  private String begun(String call) {
    return outcome(helper.beginUpload(key(call), METADATA));
  }

  private String sent(String call, String upload) {
    return outcome(helper.uploadPart(key(call), upload, WHOLE, BODY));
  }

  private static UploadedParts parts(String tag) {
    long crc32c = Integer.toUnsignedLong(Crc32cValue.of(BODY.getBytes()).value());
    return new UploadedParts(BODY.length(), List.of(tag), crc32c);
  }
}
