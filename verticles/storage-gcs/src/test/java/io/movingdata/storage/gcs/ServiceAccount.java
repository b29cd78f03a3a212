package io.movingdata.storage.gcs;

import io.movingdata.core.config.LocationConfig.GcsCredentials;
import io.movingdata.core.config.Secret;
import java.net.URI;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;

/** A service account made for a test. */
final class ServiceAccount {
  static final String EMAIL = "mover@project-1.iam.gserviceaccount.com";

  private final KeyPair pair;

  ServiceAccount() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      pair = generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  String pem() {
    return pem("PRIVATE KEY", pair.getPrivate());
  }

  String publicPem() {
    return pem("PUBLIC KEY", pair.getPublic());
  }

  private static String pem(String type, Key key) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }

  GcsCredentials credentials(URI tokenUri) {
    return new GcsCredentials(EMAIL, Secret.of(pem()), tokenUri, "project-1");
  }
}
