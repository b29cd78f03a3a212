package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PemKeysTest {
  private static KeyPair pair;

  @BeforeAll
  static void makeKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
  }

  @Test
  void aPkcs8KeyIsRead() {
    assertThat(PemKeys.rsaPrivateKey(pkcs8())).isEqualTo(pair.getPrivate());
  }

  @Test
  void aPkcs1KeyIsRead() throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(pair.getPrivate());
    }
    assertThat(text.toString()).contains("BEGIN RSA PRIVATE KEY");
    RSAPrivateKey read = PemKeys.rsaPrivateKey(text.toString());
    assertThat(read.getModulus()).isEqualTo(((RSAPrivateKey) pair.getPrivate()).getModulus());
    assertThat(read.getPrivateExponent())
        .isEqualTo(((RSAPrivateKey) pair.getPrivate()).getPrivateExponent());
  }

  @Test
  void lineEndsMayBeEscaped() {
    assertThat(PemKeys.rsaPrivateKey(pkcs8().replace("\n", "\\n"))).isEqualTo(pair.getPrivate());
  }

  @Test
  void anythingElseIsRefusedWithoutRepeatingIt() throws Exception {
    KeyPair curve = KeyPairGenerator.getInstance("EC").generateKeyPair();
    String body = pkcs8().substring(40, 140).replace("\n", "");
    for (String pem :
        new String[] {
          "",
          "canary",
          pem("PRIVATE KEY", curve.getPrivate().getEncoded()),
          pem("PUBLIC KEY", pair.getPublic().getEncoded()),
          "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n",
          "-----BEGIN PRIVATE KEY-----\n*canary*\n-----END PRIVATE KEY-----\n",
          pkcs8().substring(0, 300)
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PemKeys.rsaPrivateKey(pem))
          .withMessageContaining("not a readable RSA private key")
          .withNoCause();
    }
  }

  private static String pkcs8() {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private static String pem(String type, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }
}
