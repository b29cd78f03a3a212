package io.movingdata.core.config;

import io.movingdata.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Key files of service accounts that never existed. */
final class ServiceAccounts {
  private ServiceAccounts() {}

  /** Writes a good key file with a fresh key. */
  static Path write(Path folder) throws IOException, NoSuchAlgorithmException {
    return write(folder, good());
  }

  static JsonObject good() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    return new JsonObject()
        .put("type", "service_account")
        .put("project_id", "project-of-the-file")
        .put("client_email", "mover@project-of-the-file.iam.gserviceaccount.com")
        .put("token_uri", "https://oauth2.googleapis.com/token")
        .put(
            "private_key",
            "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }

  static Path write(Path folder, JsonObject content) throws IOException {
    return Files.write(folder.resolve("account.json"), Json.toBuffer(content.getMap()).getBytes());
  }
}
