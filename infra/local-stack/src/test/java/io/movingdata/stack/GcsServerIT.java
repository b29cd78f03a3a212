package io.movingdata.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Ints;
import io.movingdata.stack.gcs.GcsAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The GCS server as Google's own client sees it. */
class GcsServerIT {

  private static final int CHUNK = 512 * 1024;

  @TempDir Path data;
  private GcsServer server;
  private Storage storage;

  @BeforeEach
  void start() throws Exception {
    serve();
    storage.create(BucketInfo.of("box"));
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    server.stop();
  }

  private static Storage client(GcsServer server) {
    return StorageOptions.newBuilder()
        .setHost(server.endpoint())
        .setProjectId("test")
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  @Test
  void anObjectComesBackWithItsMetadataAndChecksums() {
    byte[] content = random(100_000);
    Blob stored =
        storage.create(
            BlobInfo.newBuilder("box", "dir/one")
                .setContentType("text/x")
                .setMetadata(Map.of("copy-id", "c1", "umlaut", "ä"))
                .setCrc32c(crc32c(content))
                .setMd5(md5(content))
                .build(),
            content);
    assertThat(stored.getCrc32c()).isEqualTo(crc32c(content));
    assertThat(stored.getMd5()).isEqualTo(md5(content));

    Blob found = storage.get(BlobId.of("box", "dir/one"));
    assertThat(found.getContent()).isEqualTo(content);
    assertThat(found.getSize()).isEqualTo(content.length);
    assertThat(found.getContentType()).isEqualTo("text/x");
    assertThat(found.getMetadata()).containsEntry("copy-id", "c1").containsEntry("umlaut", "ä");
    assertThat(found.getGeneration()).isEqualTo(stored.getGeneration());
    assertThat(found.getMetageneration()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("deprecation") // no other option sends the MD5 beforehand
  void aWrongChecksumIsRefusedAndStoresNothing() {
    byte[] content = random(1_000);
    BlobInfo wrongMd5 = BlobInfo.newBuilder("box", "x").setMd5(md5(random(5))).build();
    BlobInfo wrongCrc = BlobInfo.newBuilder("box", "x").setCrc32c(crc32c(random(5))).build();
    assertRefused(400, () -> write(wrongMd5, content, BlobWriteOption.md5Match()));
    assertRefused(400, () -> write(wrongCrc, content, BlobWriteOption.crc32cMatch()));
    assertThat(storage.get(BlobId.of("box", "x"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK, 5 * CHUNK + 12_345})
  void aResumableUploadOfAnySizeArrivesWhole(int size) throws Exception {
    byte[] content = random(size);
    BlobInfo info = BlobInfo.newBuilder("box", "big").setCrc32c(crc32c(content)).build();
    write(info, content, BlobWriteOption.crc32cMatch());
    Blob found = storage.get(BlobId.of("box", "big"));
    assertThat(found.getCrc32c()).isEqualTo(crc32c(content));
    assertThat(found.getMd5()).isEqualTo(md5(content));
    try (ReadChannel reader = found.reader()) {
      assertThat(Channels.newInputStream(reader).readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void aRangeIsReadAlone() throws Exception {
    byte[] content = random(3_000_000);
    storage.create(BlobInfo.newBuilder("box", "r").build(), content);
    try (ReadChannel reader = storage.reader("box", "r")) {
      reader.seek(1_234_567);
      reader.limit(1_234_667);
      byte[] part = Channels.newInputStream(reader).readAllBytes();
      assertThat(part).hasSize(100).isEqualTo(Arrays.copyOfRange(content, 1_234_567, 1_234_667));
    }
  }

  @Test
  void aListingIsCutAtTheDelimiterAndIntoPages() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      names.add("in/%02d".formatted(i));
      names.add("in/sub%d/x".formatted(i % 3) + i);
    }
    names.add("in/");
    names.add("other");
    names.forEach(name -> storage.create(BlobInfo.newBuilder("box", name).build(), new byte[1]));

    List<String> seen = new ArrayList<>();
    storage
        .list(
            "box",
            BlobListOption.prefix("in/"),
            BlobListOption.currentDirectory(),
            BlobListOption.pageSize(4))
        .iterateAll()
        .forEach(blob -> seen.add(blob.getName()));
    List<String> expected = new ArrayList<>(List.of("in/"));
    for (int i = 0; i < 25; i++) {
      expected.add("in/%02d".formatted(i));
    }
    expected.addAll(List.of("in/sub0/", "in/sub1/", "in/sub2/"));
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);

    List<String> all = new ArrayList<>();
    storage.list("box", BlobListOption.pageSize(7)).iterateAll().forEach(b -> all.add(b.getName()));
    assertThat(all).isSorted().containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void generationsGuardCreationReplacementAndDeletion() {
    BlobInfo info = BlobInfo.newBuilder("box", "g").build();
    Blob first = storage.create(info, new byte[] {1}, BlobTargetOption.doesNotExist());
    assertRefused(412, () -> storage.create(info, new byte[] {2}, BlobTargetOption.doesNotExist()));
    Blob second =
        storage.create(
            info, new byte[] {3}, BlobTargetOption.generationMatch(first.getGeneration()));
    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertRefused(
        412,
        () ->
            storage.delete(
                info.getBlobId(), BlobSourceOption.generationMatch(first.getGeneration())));
    assertThat(storage.readAllBytes(info.getBlobId())).containsExactly(3);
    assertThat(
            storage.delete(
                info.getBlobId(), BlobSourceOption.generationMatch(second.getGeneration())))
        .isTrue();
    assertThat(storage.delete(info.getBlobId())).isFalse();
  }

  @Test
  void aResumableUploadKeepsItsPreconditionToTheEnd() throws Exception {
    BlobInfo info = BlobInfo.newBuilder("box", "race").build();
    WriteChannel writer = storage.writer(info, BlobWriteOption.doesNotExist());
    writer.setChunkSize(CHUNK);
    writer.write(ByteBuffer.wrap(random(CHUNK + 1)));
    storage.create(info, new byte[] {7});
    assertRefused(412, writer::close);
    assertThat(storage.readAllBytes(info.getBlobId())).containsExactly(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..a/../b",
        "/leading",
        "trailing/",
        "a//b",
        "ünï/漢字/😀",
        "q?m#f%20p+c&d=e;\"'<>|*\\ ~",
        "\u0001\u007f\uFFFD",
        ".well-known/acme-challenge/x"
      })
  void anyNameIsAnObjectsName(String name) {
    storage.create(BlobInfo.newBuilder("box", name).build(), name.getBytes(UTF_8));
    assertThat(storage.readAllBytes(BlobId.of("box", name))).isEqualTo(name.getBytes(UTF_8));
    assertThat(storage.list("box", BlobListOption.prefix(name)).iterateAll())
        .extracting(Blob::getName)
        .containsExactly(name);
    assertThat(storage.delete(BlobId.of("box", name))).isTrue();
    assertThat(data.toFile().list()).containsExactlyInAnyOrder("buckets", "incoming", "uploads");
  }

  @Test
  void metadataChangeWithoutTheContent() {
    Blob blob =
        storage.create(
            BlobInfo.newBuilder("box", "m").setMetadata(Map.of("a", "1", "b", "2")).build(),
            new byte[] {1});
    HashMap<String, String> change = new HashMap<>();
    change.put("b", null);
    change.put("c", "3");
    Blob changed = storage.update(blob.toBuilder().setMetadata(change).build());
    assertThat(changed.getMetageneration()).isEqualTo(2);
    assertThat(changed.getGeneration()).isEqualTo(blob.getGeneration());
    assertThat(storage.get(blob.getBlobId()).getMetadata()).isEqualTo(Map.of("a", "1", "c", "3"));
  }

  @Test
  void bucketsAreMadeListedAndRemovedWhenEmpty() {
    storage.create(BucketInfo.of("second.bucket-x"));
    assertRefused(409, () -> storage.create(BucketInfo.of("box")));
    assertThat(storage.list().iterateAll())
        .extracting(Bucket::getName)
        .containsExactly("box", "second.bucket-x");
    storage.create(BlobInfo.newBuilder("box", "o").build(), new byte[1]);
    assertRefused(409, () -> storage.delete("box"));
    assertThat(storage.delete("second.bucket-x")).isTrue();
    assertThat(storage.get("second.bucket-x")).isNull();
    assertRefused(404, () -> storage.create(BlobInfo.newBuilder("none", "o").build(), new byte[1]));
  }

  @Test
  void allIsThereAfterARestart() throws Exception {
    byte[] content = random(700_000);
    Blob before = storage.create(BlobInfo.newBuilder("box", "kept").build(), content);
    storage.close();
    server.stop();
    serve();
    Blob after = storage.get(before.getBlobId());
    assertThat(after.getGeneration()).isEqualTo(before.getGeneration());
    assertThat(after.getContent()).isEqualTo(content);
  }

  private void serve() throws Exception {
    server = new GcsServer(data, "127.0.0.1", 0, GcsAccess.OPEN);
    server.start();
    storage = client(server);
  }

  private void write(BlobInfo info, byte[] content, BlobWriteOption option) throws IOException {
    try (WriteChannel writer = storage.writer(info, option)) {
      writer.setChunkSize(CHUNK);
      writer.write(ByteBuffer.wrap(content));
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void assertRefused(int code, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(code));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String crc32c(byte[] bytes) {
    return BaseEncoding.base64()
        .encode(Ints.toByteArray(Hashing.crc32c().hashBytes(bytes).asInt()));
  }

  @SuppressWarnings("deprecation") // MD5 is what the API has
  private static String md5(byte[] bytes) {
    return BaseEncoding.base64().encode(Hashing.md5().hashBytes(bytes).asBytes());
  }
}
