package io.movingdata.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * The known signatures are those that Amazon publishes: of its signature version 4 test suite, and
 * of the examples in its description of S3.
 */
class S3SignerTest {
  private static final String NOTHING = S3Signer.sha256Hex(new byte[0]);
  private static final Instant SUITE_TIME = Instant.parse("2015-08-30T12:36:00Z");
  private static final Map<String, String> SUITE_HOST = Map.of("Host", "example.amazonaws.com");
  private static final Map<String, String> S3_HOST =
      Map.of("host", "examplebucket.s3.amazonaws.com");

  @Test
  void aPlainRequestHasTheKnownSignature() {
    assertThat(suite("GET", "/", "", SUITE_HOST, NOTHING))
        .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    assertThat(suite("POST", "/", "", SUITE_HOST, NOTHING))
        .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  }

  @Test
  void parametersAreSignedInTheOrderOfTheirNames() {
    assertThat(
            suite(
                "GET",
                "/",
                Percent.query(Map.of("Param2", "value2", "Param1", "value1")),
                SUITE_HOST,
                NOTHING))
        .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
  }

  @Test
  void unreservedCharactersAreNotEncoded() {
    String path =
        Percent.encodePath("/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    assertThat(suite("GET", path, "", SUITE_HOST, NOTHING))
        .isEqualTo("07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f");
  }

  @Test
  void otherCharactersAreEncodedOnceAsUtf8() {
    assertThat(suite("GET", Percent.encodePath("/\u1234"), "", SUITE_HOST, NOTHING))
        .isEqualTo("8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
    assertThat(suite("GET", "/", Percent.query(Map.of("\u1234", "bar")), SUITE_HOST, NOTHING))
        .isEqualTo("2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04");
  }

  @Test
  void bodyAndContentTypeAreSigned() {
    Map<String, String> headers =
        Map.of(
            "Host", "example.amazonaws.com", "Content-Type", "application/x-www-form-urlencoded");
    assertThat(suite("POST", "/", "", headers, sha256("Param1=value1")))
        .isEqualTo("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void aSessionTokenIsSentAndSigned() {
    Secret token = Secret.of("6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267");
    SortedMap<String, String> signed =
        suiteSigner(token).sign("GET", "/", "", SUITE_HOST, NOTHING, SUITE_TIME);
    assertThat(signed).containsEntry("x-amz-security-token", token.reveal());
    assertThat(signature(signed))
        .isEqualTo("07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
  }

  @Test
  void aReadOfARangeHasTheSignatureThatS3Documents() {
    Map<String, String> headers =
        Map.of("host", "examplebucket.s3.amazonaws.com", "range", "bytes=0-9");
    assertThat(s3("GET", "/test.txt", "", headers, NOTHING))
        .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void aPutHasTheSignatureThatS3Documents() {
    Map<String, String> headers =
        Map.of(
            "host",
            "examplebucket.s3.amazonaws.com",
            "date",
            "Fri, 24 May 2013 00:00:00 GMT",
            "x-amz-storage-class",
            "REDUCED_REDUNDANCY");
    assertThat(
            s3(
                "PUT",
                Percent.encodePath("/test$file.text"),
                "",
                headers,
                sha256("Welcome to Amazon S3.")))
        .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void parametersWithAndWithoutValueHaveTheSignaturesThatS3Documents() {
    assertThat(s3("GET", "/", Percent.query(Map.of("lifecycle", "")), S3_HOST, NOTHING))
        .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertThat(
            s3("GET", "/", Percent.query(Map.of("prefix", "J", "max-keys", "2")), S3_HOST, NOTHING))
        .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void pathsAreNeverNormalised() {
    String path = Percent.encodePath("/a//b/../c d+e");
    assertThat(path).isEqualTo("/a//b/../c%20d%2Be");
    assertThat(s3("GET", path, "", S3_HOST, NOTHING))
        .isEqualTo("532a38536d4af39b93e7f20e2424a351a12944662042d8ecb5612d2c1af74ff5");
  }

  @Test
  void theSecretKeyIsNotAmongWhatIsSent() {
    SortedMap<String, String> signed =
        suiteSigner(null).signForS3("GET", "/", "", SUITE_HOST, NOTHING, SUITE_TIME);
    assertThat(signed.values()).noneMatch(v -> v.contains("wJalrXUtnFEMI"));
    assertThat(signed).containsEntry("x-amz-content-sha256", NOTHING);
  }

  private static String suite(
      String method, String path, String query, Map<String, String> headers, String body) {
    return signature(suiteSigner(null).sign(method, path, query, headers, body, SUITE_TIME));
  }

  private static S3Signer suiteSigner(Secret token) {
    return new S3Signer(
        "AKIDEXAMPLE",
        Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        token,
        "us-east-1",
        "service");
  }

  private static String s3(
      String method, String path, String query, Map<String, String> headers, String body) {
    S3Signer signer =
        new S3Signer(
            "AKIAIOSFODNN7EXAMPLE",
            Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            null,
            "us-east-1",
            "s3");
    Instant time = Instant.parse("2013-05-24T00:00:00Z");
    return signature(signer.signForS3(method, path, query, headers, body, time));
  }

  private static String signature(SortedMap<String, String> headers) {
    String authorization = headers.get("authorization");
    return authorization.substring(authorization.indexOf("Signature=") + "Signature=".length());
  }

  private static String sha256(String body) {
    return S3Signer.sha256Hex(body.getBytes(StandardCharsets.UTF_8));
  }
}
