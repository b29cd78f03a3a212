package io.movingdata.core.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyringTest {
  private static final String NEW = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
  private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @Test
  void theFirstKeyEncryptsAndAllDecrypt() {
    Keyring keyring = Keyring.parse(NEW + " , " + OLD, "env:S3_ENCRYPTION_KEY");
    FernetKey newest = FernetKey.parse(NEW);
    FernetKey older = FernetKey.parse(OLD);
    assertThat(keyring.encryptionKey()).isEqualTo(newest);
    assertThat(keyring.keyIds()).containsExactly(newest.keyId(), older.keyId());
    assertThat(keyring.require(newest.keyId())).isEqualTo(newest);
    assertThat(keyring.require(older.keyId())).isEqualTo(older);
    assertThat(keyring.source()).isEqualTo("env:S3_ENCRYPTION_KEY");
  }

  @Test
  void whatTheOldKeyEncryptedIsReadableAfterARotation() {
    Keyring before = Keyring.parse(OLD, "config");
    byte[] token = Fernet.encrypt(before.encryptionKey(), new byte[16], 0, new byte[] {1, 2, 3});
    Keyring after = Keyring.parse(NEW + "," + OLD, "config");
    FernetKey recorded = after.require(before.encryptionKey().keyId());
    assertThat(Fernet.decrypt(recorded, token)).containsExactly(1, 2, 3);
  }

  @Test
  void aMissingKeyIsNamedByItsIdAlone() {
    Keyring keyring = Keyring.parse(NEW, "config");
    String missing = FernetKey.parse(OLD).keyId();
    assertThatThrownBy(() -> keyring.require(missing))
        .isInstanceOfSatisfying(
            UnknownKeyException.class, e -> assertThat(e.keyId()).isEqualTo(missing))
        .hasMessage("no key with id " + missing + " is on the keyring");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> Keyring.parse(NEW + "," + OLD + "," + NEW, "config"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key 3 of 3 is there twice: " + FernetKey.parse(NEW).keyId());
  }

  @Test
  void aMalformedKeyIsNamedByItsPosition() {
    assertThatThrownBy(() -> Keyring.parse(NEW + ",," + OLD, "config"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key 2 of 3: not a Fernet key");
    assertThatThrownBy(() -> Keyring.parse("", "config"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key 1 of 1: not a Fernet key");
  }

  @Test
  void aKeyringPrintsFingerprintsOnly() {
    Keyring keyring = Keyring.parse(NEW + "," + OLD, "demo");
    assertThat(keyring).hasToString("Keyring" + keyring.keyIds() + " from demo");
  }
}
