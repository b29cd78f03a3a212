package io.movingdata.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The S3 server as Amazon's own client sees it. */
class S3ServerIT {

  private static final int PART = 5 << 20;

  @TempDir Path data;
  private S3Server server;
  private S3Client s3;

  @BeforeEach
  void start() throws Exception {
    server = new S3Server(data.resolve("s3"), "127.0.0.1", 0, "key", "secret");
    server.start();
    s3 = client(server.endpoint(), "key", "secret");
    s3.createBucket(b -> b.bucket("box"));
  }

  @AfterEach
  void stop() {
    s3.close();
    server.stop();
  }

  private static S3Client client(String endpoint, String accessKey, String secretKey) {
    return S3Client.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
        .build();
  }

  @Test
  void anObjectComesBackWithItsMetadata() {
    byte[] content = random(100_000);
    s3.putObject(
        b -> b.bucket("box").key("dir/one").metadata(Map.of("copy-id", "c1")),
        RequestBody.fromBytes(content));
    ResponseBytes<GetObjectResponse> found =
        s3.getObjectAsBytes(b -> b.bucket("box").key("dir/one").range("bytes=10-19"));
    assertThat(found.asByteArray()).isEqualTo(Arrays.copyOfRange(content, 10, 20));
    assertThat(found.response().metadata()).isEqualTo(Map.of("copy-id", "c1"));
    assertThat(s3.listObjectsV2(b -> b.bucket("box").prefix("dir/")).contents())
        .extracting(S3Object::key)
        .containsExactly("dir/one");
    s3.deleteObject(b -> b.bucket("box").key("dir/one"));
    assertThat(s3.listObjectsV2(b -> b.bucket("box")).contents()).isEmpty();
  }

  @Test
  void aMultipartUploadIsPutTogether() {
    byte[] content = random(PART + 1_000);
    String upload = s3.createMultipartUpload(b -> b.bucket("box").key("big")).uploadId();
    CompletedPart[] parts = new CompletedPart[2];
    for (int i = 0; i < 2; i++) {
      int number = i + 1;
      byte[] part = Arrays.copyOfRange(content, i * PART, Math.min(content.length, number * PART));
      String etag =
          s3.uploadPart(
                  b -> b.bucket("box").key("big").uploadId(upload).partNumber(number),
                  RequestBody.fromBytes(part))
              .eTag();
      parts[i] = CompletedPart.builder().partNumber(number).eTag(etag).build();
    }
    s3.completeMultipartUpload(
        b ->
            b.bucket("box")
                .key("big")
                .uploadId(upload)
                .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build()));
    assertThat(s3.getObjectAsBytes(b -> b.bucket("box").key("big")).asByteArray())
        .isEqualTo(content);
  }

  @Test
  void aWrongSignatureIsRefused() {
    try (S3Client stranger = client(server.endpoint(), "key", "wrong")) {
      assertThatThrownBy(() -> stranger.listBuckets())
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
    try (S3Client stranger = client(server.endpoint(), "stranger", "secret")) {
      assertThatThrownBy(() -> stranger.listBuckets())
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void objectsAreThereAfterAKill() throws Exception {
    byte[] content = random(1_000_000);
    Path own = data.resolve("own");
    String[] arguments = {"s3", "--s3-access-key", "key", "--s3-secret-key", "secret"};
    try (StackProcess stack = StackProcess.start(own, arguments);
        S3Client client = client(stack.endpoint("s3"), "key", "secret")) {
      client.createBucket(b -> b.bucket("box"));
      client.putObject(
          b -> b.bucket("box").key("kept").metadata(Map.of("k", "v")),
          RequestBody.fromBytes(content));
      stack.kill();
    }
    try (StackProcess stack = StackProcess.start(own, arguments);
        S3Client client = client(stack.endpoint("s3"), "key", "secret")) {
      ResponseBytes<GetObjectResponse> found =
          client.getObjectAsBytes(b -> b.bucket("box").key("kept"));
      assertThat(found.asByteArray()).isEqualTo(content);
      assertThat(found.response().metadata()).isEqualTo(Map.of("k", "v"));
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
