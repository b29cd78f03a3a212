package io.movingdata.rules.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.config.Provider;
import io.movingdata.core.cost.PriceClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceBookTest {
  private static LocationConfig location(Provider provider, double storage) {
    return new LocationConfig(
        "id", provider, null, "b", null, null, null, null, List.of(), "hot", "r", storage, 0.07, 4);
  }

  @Test
  void aLocationHasThePricesOfTheNearestClassAndItsOwn() throws IOException {
    PriceBook book = PriceBook.parse(Files.readString(Path.of("../../conf/prices.json")));

    assertThat(book.of(location(Provider.S3, 0.023)).name()).isEqualTo("standard");
    assertThat(book.of(location(Provider.GCS, 0.0045)).name()).isEqualTo("coldline");
    PriceClass cool = book.of(location(Provider.AZURE, 0.0099));
    assertThat(cool.name()).isEqualTo("cool");
    assertThat(cool.storagePerGbMonth()).isEqualTo(0.0099);
    assertThat(cool.egressPerGb()).isEqualTo(0.07);
    assertThat(cool.minDays()).isEqualTo(30);
    assertThat(book.asOf()).isNotEmpty();
  }

  @Test
  void aFileThatIsWrongSaysWhere() {
    assertThatThrownBy(() -> PriceBook.parse("{")).hasMessageContaining("not JSON");
    assertThatThrownBy(() -> PriceBook.parse("{}")).hasMessageContaining("as_of");
    assertThatThrownBy(
            () ->
                PriceBook.parse(
                    "{\"as_of\":\"x\",\"classes\":[{\"provider\":\"s3\",\"class\":\"a\","
                        + "\"storage_per_gb_month\":-1}]}"))
        .hasMessage(
            "class 0 of the prices: storage_per_gb_month must be a number from 0 to 1000000");
  }
}
