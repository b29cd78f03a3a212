package io.movingdata.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.models.Block;
import io.movingdata.core.storage.ObjectStore.UploadedParts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagedBlocksTest {
  private static final AzureUploadId OURS = AzureUploadId.begin(Instant.EPOCH, Map.of());
  private static final AzureUploadId OTHER = AzureUploadId.begin(Instant.EPOCH, Map.of());

  private static Block block(AzureUploadId id, int number, long size) {
    return new Block().setName(id.block(number)).setSizeLong(size);
  }

  @Test
  void reachAsFarAsThereIsNoGap() {
    List<Block> listed = List.of(block(OURS, 4, 4), block(OURS, 2, 20), block(OURS, 1, 10));

    UploadedParts parts = StagedBlocks.of(OURS, listed).parts().orElseThrow();

    assertThat(parts).isEqualTo(new UploadedParts(30, List.of("10", "20"), -1));
  }

  @Test
  void areNoneBehindAGapThatBeginsAtOnce() {
    UploadedParts parts = StagedBlocks.of(OURS, List.of(block(OURS, 2, 20))).parts().orElseThrow();

    assertThat(parts).isEqualTo(new UploadedParts(0, List.of(), -1));
  }

  @Test
  void areNotThoseOfAnotherUpload() {
    List<Block> listed = List.of(block(OTHER, 1, 1), new Block().setName("YWJj").setSizeLong(3L));

    assertThat(StagedBlocks.of(OURS, listed).parts()).isEmpty();
  }

  @Test
  void areWhatThePartsBecame() {
    List<Block> listed = List.of(block(OURS, 1, 10), block(OURS, 2, 20));

    assertThat(StagedBlocks.of(OURS, new UploadedParts(30, List.of("10", "20"), 7)))
        .isEqualTo(StagedBlocks.of(OURS, listed));
    assertThat(StagedBlocks.of(OURS, new UploadedParts(31, List.of("10", "21"), 7)))
        .isNotEqualTo(StagedBlocks.of(OURS, listed));
  }

  @Test
  void leaveOutAnEmptyPart() {
    StagedBlocks blocks = StagedBlocks.of(OURS, new UploadedParts(10, List.of("10", "0"), 7));

    assertThat(blocks.names()).containsExactly(OURS.block(1));
  }
}
