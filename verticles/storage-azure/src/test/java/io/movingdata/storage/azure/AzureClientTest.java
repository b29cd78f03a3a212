package io.movingdata.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureClientTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:10000/devstoreaccount1, http://127.0.0.1:10000/devstoreaccount1/netapp-blob",
    "http://127.0.0.1:43210/devstoreaccount1/, http://127.0.0.1:43210/devstoreaccount1/netapp-blob",
    "http://azurite:10000/devstoreaccount1, http://azurite:10000/devstoreaccount1/netapp-blob",
    "https://mine.blob.core.windows.net, https://mine.blob.core.windows.net/netapp-blob",
    "https://mine.blob.core.windows.net/, https://mine.blob.core.windows.net/netapp-blob",
  })
  void findsTheContainerOfTheAccount(URI endpoint, String expected) {
    AzureClient client = AzureClient.of(Locations.at(endpoint), AzureLimits.DEFAULT);

    assertThat(client.container().getBlobContainerUrl()).isEqualTo(expected);
    client.close();
  }

  @Test
  void refusesAnAddressThatTheSdkWouldCutShort() {
    URI endpoint = URI.create("http://blob.example.com/devstoreaccount1");

    Throwable failure =
        catchThrowable(() -> AzureClient.of(Locations.at(endpoint), AzureLimits.DEFAULT));

    assertThat(MovingDataException.is(failure, ErrorCode.INVALID_REQUEST)).isTrue();
  }

  @Test
  void refusesAKeyThatIsNoneWithoutRepeatingIt() {
    URI endpoint = URI.create("http://127.0.0.1:10000/devstoreaccount1");

    Throwable failure =
        catchThrowable(
            () -> AzureClient.of(Locations.withKey(endpoint, "not base64!"), AzureLimits.DEFAULT));

    assertThat(MovingDataException.is(failure, ErrorCode.INVALID_REQUEST)).isTrue();
    assertThat(failure).hasNoCause().message().doesNotContain("not base64");
  }
}
