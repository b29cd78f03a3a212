package io.movingdata.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.error.MovingDataException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureUploadIdTest {
  private static final Instant BEGUN = Instant.parse("2026-11-24T08:00:00.123Z");

  @Test
  void carriesTheMetadataAndTheTime() {
    Map<String, String> metadata = Map.of("mdfile", "Zm9v-_8=", "mdkey", "a=b=c", "mdempty", "");
    AzureUploadId begun = AzureUploadId.begin(BEGUN, metadata);

    AzureUploadId read = AzureUploadId.parse(begun.text());

    assertThat(read).isEqualTo(begun);
    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(read.begun()).isEqualTo(BEGUN);
  }

  @Test
  void mayHaveNoMetadata() {
    AzureUploadId begun = AzureUploadId.begin(BEGUN, Map.of());

    assertThat(AzureUploadId.parse(begun.text())).isEqualTo(begun);
  }

  @Test
  void twoUploadsOfOneMomentDiffer() {
    assertThat(AzureUploadId.begin(BEGUN, Map.of()).generation())
        .isNotEqualTo(AzureUploadId.begin(BEGUN, Map.of()).generation());
  }

  @Test
  void namesOfBlocksHaveOneLengthThatAzureTakes() {
    AzureUploadId id = AzureUploadId.begin(BEGUN, Map.of());

    for (int number : new int[] {1, 9, 10, 9_999, 50_000}) {
      assertThat(id.block(number)).hasSize(36).matches("[A-Za-z0-9]+");
      assertThat(Base64.getDecoder().decode(id.block(number))).hasSizeLessThanOrEqualTo(64);
      assertThat(AzureUploadId.blockOf(id.block(number)))
          .contains(new AzureUploadId.Block(id.generation(), number));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%%%", "YWJj", "MDAwMDAwMDAwMDAwMDAwMDAwMDA="})
  void knowsBlocksThatAreNotOurs(String name) {
    assertThat(AzureUploadId.blockOf(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "00000000000000000000",
        "00000000000000000000.YWJj",
        "0000.",
        "é.",
        "00000000000000000000.A"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> AzureUploadId.parse(text)).isInstanceOf(MovingDataException.class);
  }
}
