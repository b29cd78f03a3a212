package io.movingdata.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.checksum.Crc32cValue;
import io.movingdata.core.storage.ObjectStore.Part;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartLedgerTest {
  private static final UploadedParts NOTHING = new UploadedParts(0, List.of(), 0);

  private static Part begin(PartLedger ledger, String text, boolean last) {
    return ledger.begin(text.length(), last, crc(text));
  }

  private static Crc32cValue crc(String text) {
    return Crc32cValue.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static long unsigned(String text) {
    return Integer.toUnsignedLong(crc(text).value());
  }

  @Test
  void numbersPartsAndPlacesThemOneAfterAnother() {
    PartLedger ledger = new PartLedger(NOTHING);

    assertThat(begin(ledger, "abc", false)).isEqualTo(new Part(1, 0, 3, false));
    assertThat(begin(ledger, "de", true)).isEqualTo(new Part(2, 3, 2, true));
  }

  @Test
  void countsOnlyWhatIsStoredWithoutAGap() {
    PartLedger ledger = new PartLedger(NOTHING);
    Part first = begin(ledger, "abc", false);
    Part second = begin(ledger, "de", false);
    Part third = begin(ledger, "f", true);

    ledger.stored(second, "two");
    assertThat(ledger.durable()).isZero();
    assertThat(ledger.pending()).isEqualTo(3);
    ledger.stored(first, "one");
    assertThat(ledger.durable()).isEqualTo(5);
    assertThat(ledger.crc32c()).isEqualTo(unsigned("abcde"));
    assertThat(ledger.pendingEnd(5)).isFalse();
    assertThat(ledger.pendingEnd(6)).isTrue();
    ledger.stored(third, "three");

    assertThat(ledger.parts())
        .isEqualTo(new UploadedParts(6, List.of("one", "two", "three"), unsigned("abcdef")));
  }

  @Test
  void goesOnWhereAnUploadIs() {
    PartLedger ledger = new PartLedger(new UploadedParts(3, List.of("one"), unsigned("abc")));

    Part next = begin(ledger, "def", true);
    ledger.stored(next, "two");

    assertThat(next).isEqualTo(new Part(2, 3, 3, true));
    assertThat(ledger.parts())
        .isEqualTo(new UploadedParts(6, List.of("one", "two"), unsigned("abcdef")));
  }

  @Test
  void aChecksumThatIsNotKnownStaysSo() {
    PartLedger ledger = new PartLedger(new UploadedParts(3, List.of("one"), PartLedger.UNKNOWN));

    ledger.stored(begin(ledger, "def", true), "two");

    assertThat(ledger.crc32c()).isEqualTo(PartLedger.UNKNOWN);
  }
}
