package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.error.MovingDataException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonStreamTest {
  private final List<Double> read = new ArrayList<>();

  private JsonFields read(String body) {
    return JsonStream.read(
        Buffer.buffer(body), "records", 3, one -> read.add(one.decimal("n", 0, 9)));
  }

  private static List<MovingDataException.FieldError> faults(Runnable check) {
    try {
      check.run();
    } catch (MovingDataException refused) {
      return refused.fields();
    }
    return List.of();
  }

  @Test
  void theListIsReadObjectByObjectAndTheRestAsFields() {
    JsonFields rest = read("{\"a\": true, \"records\": [{\"n\": 1}, {\"n\": 2.5}], \"b\": \"x\"}");
    assertThat(read).containsExactly(1.0, 2.5);
    assertThat(rest.flag("a")).isTrue();
    assertThat(rest.text("b")).isEqualTo("x");
    rest.check();
    assertThat(read("{}").has("records")).isFalse();
    assertThat(read("{\"records\": null}").has("records")).isFalse();
  }

  @Test
  void everythingThatIsWrongIsNamed() {
    JsonFields rest = read("{\"records\": [{\"n\": 1, \"m\": 2}, {\"n\": 99}, 7], \"c\": 1}");
    assertThat(faults(rest::check))
        .extracting(MovingDataException.FieldError::field)
        .containsExactly("records[0].m", "records[1].n", "records[2]", "c");
    assertThat(faults(() -> read("{\"records\": [{},{},{},{}]}")))
        .extracting(MovingDataException.FieldError::field)
        .containsExactly("records");
  }

  @Test
  void whatIsNoSuchBodyIsRefused() {
    for (String body :
        List.of(
            "", "[]", "7", "{", "{\"records\": [", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":nul}")) {
      assertThatThrownBy(() -> read(body).check()).as(body).isInstanceOf(MovingDataException.class);
    }
  }
}
