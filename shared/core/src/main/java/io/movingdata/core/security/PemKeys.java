package io.movingdata.core.security;

import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads private keys from PEM text. No message of a failure repeats any of the text. */
public final class PemKeys {
  private PemKeys() {}

  /**
   * An RSA private key in PKCS#8 ({@code PRIVATE KEY}) or PKCS#1 ({@code RSA PRIVATE KEY}), not
   * encrypted. Line ends written as {@code \n}, as environment variables often hold them, are
   * accepted.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static RSAPrivateKey rsaPrivateKey(String pem) {
    Object content = parse(pem.replace("\\n", "\n"));
    PrivateKeyInfo info = null;
    if (content instanceof PrivateKeyInfo pkcs8) {
      info = pkcs8;
    } else if (content instanceof PEMKeyPair pair) {
      info = pair.getPrivateKeyInfo();
    }
    if (info != null && toKey(info) instanceof RSAPrivateKey rsa) {
      return rsa;
    }
    throw unreadable();
  }

  private static Object parse(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return parser.readObject();
    } catch (IOException | RuntimeException e) {
      throw unreadable();
    }
  }

  private static PrivateKey toKey(PrivateKeyInfo info) {
    try {
      return new JcaPEMKeyConverter().getPrivateKey(info);
    } catch (IOException | RuntimeException e) {
      throw unreadable();
    }
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "not a readable RSA private key: expected unencrypted PKCS#8 or PKCS#1 PEM");
  }
}
