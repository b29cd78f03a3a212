package io.movingdata.core.security;

import static io.movingdata.core.security.SecurityFixtures.COPY;
import static io.movingdata.core.security.SecurityFixtures.KEY;
import static io.movingdata.core.security.SecurityFixtures.content;
import static io.movingdata.core.security.SecurityFixtures.opener;
import static io.movingdata.core.security.SecurityFixtures.sealer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.macasaet.fernet.Key;
import com.macasaet.fernet.Token;
import com.macasaet.fernet.Validator;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write, another author's Fernet library reads, and the reverse. */
class FernetPeerTest {
  private static final Key PEER_KEY = new Key("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 100_000})
  void thePeerReadsOurSingleToken(int length) {
    assertThat(peerReads(sealer().sealSingle(content(0, length)))).isEqualTo(content(0, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 100_000})
  void weReadThePeersToken(int length) {
    String token = Token.generate(PEER_KEY, content(0, length)).serialise();
    assertThat(Fernet.decrypt(KEY, token.getBytes(US_ASCII))).isEqualTo(content(0, length));
  }

  @Test
  void thePeerReadsOurFrameOnceItsHeaderIsDropped() {
    byte[] content = content(0, 70_000);
    byte[] stored = sealer().seal(7, true, content);
    byte[] token = new String(stored, US_ASCII).strip().getBytes(US_ASCII);
    byte[] plaintext = peerReads(token);
    assertThat(Arrays.copyOfRange(plaintext, 32, plaintext.length)).isEqualTo(content);
    assertThat(Arrays.copyOf(plaintext, 32)).isEqualTo(new FrameHeader(COPY, 7, true).toBytes());
    assertThat(opener().open(7, stored).toBytes()).isEqualTo(content);
  }

  private static byte[] peerReads(byte[] token) {
    return Token.fromString(new String(token, US_ASCII))
        .validateAndDecrypt(
            PEER_KEY,
            new Validator<byte[]>() {
              @Override
              public Function<byte[], byte[]> getTransformer() {
                return Function.identity();
              }

              @Override
              public TemporalAmount getTimeToLive() {
                return Duration.ofDays(36_500);
              }
            });
  }
}
