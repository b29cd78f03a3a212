package io.movingdata.consistency.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.Provider;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final List<LocationConfig> LOCATIONS =
      List.of(
          location("s3", Provider.S3),
          location("s3-cold", Provider.S3),
          location("azure", Provider.AZURE));

  private static LocationConfig location(String id, Provider provider) {
    return new LocationConfig(
        id, provider, null, "bucket", null, null, null, null, List.of(), "hot", "here", 0, 0, 4);
  }

  private static List<String> chosen(int count) {
    return Targets.of(LOCATIONS, count).stream().map(LocationConfig::id).toList();
  }

  @Test
  void providersComeBeforeSecondLocationsOfThem() {
    assertThat(chosen(1)).containsExactly("s3");
    assertThat(chosen(2)).containsExactly("s3", "azure");
    assertThat(chosen(3)).containsExactly("s3", "azure", "s3-cold");
    assertThat(chosen(9)).hasSize(3);
  }

  @Test
  void twoCopiesAreNeededWhereThereCanBeTwo() {
    assertThat(Targets.needed(1)).isEqualTo(1);
    assertThat(Targets.needed(2)).isEqualTo(2);
    assertThat(Targets.needed(3)).isEqualTo(2);
  }
}
