package io.movingdata.consistency.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.consistency.verify.CopyCheck.Expected;
import io.movingdata.core.contract.StorageApi.ObjectStat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyCheckTest {
  private static ObjectStat stat(long size, String etag, String checksum) {
    return new ObjectStat("k", size, etag, checksum, Map.of(), null);
  }

  @Test
  void whatBothSidesKnowMustAgree() {
    Expected expected = new Expected("k", "f", 10, "md5:1", "e1", true);
    assertThat(CopyCheck.differs(expected, stat(10, "e1", "md5:1"))).isFalse();
    assertThat(CopyCheck.differs(expected, stat(11, "e1", "md5:1"))).isTrue();
    assertThat(CopyCheck.differs(expected, stat(10, "e2", "md5:1"))).isTrue();
    assertThat(CopyCheck.differs(expected, stat(10, "e1", "md5:2"))).isTrue();
  }

  @Test
  void whatOneSideDoesNotKnowIsNotCompared() {
    assertThat(CopyCheck.differs(new Expected("k", "f", 10, null, null, true), stat(10, "e", "c")))
        .isFalse();
    assertThat(CopyCheck.differs(new Expected("k", "f", 10, "c", "e", true), stat(10, null, null)))
        .isFalse();
  }
}
