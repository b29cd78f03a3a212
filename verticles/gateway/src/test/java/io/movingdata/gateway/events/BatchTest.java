package io.movingdata.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final EventRing ring = new EventRing("r", 100, 100_000);
  private final Batch batch = new Batch();

  private void tell(String topic, JsonNode data) {
    batch.add(ring.add(topic, data.toString()), data);
  }

  private static ObjectNode move(String id, String state, int done) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("move_id", id)
        .put("state", state)
        .put("bytes_done", done);
  }

  private String text(String... topics) {
    Set<String> wanted = Set.of(topics);
    return batch.texts(List.of(wanted)).get(wanted);
  }

  @Test
  void ofTheProgressOfOneMoveTheLatestIsTold() {
    tell("move", move("a", "copying", 1));
    tell("move", move("b", "copying", 1));
    tell("move", move("a", "copying", 2));

    assertThat(text("move")).doesNotContain("id: r-1\n").contains("id: r-2\n", "id: r-3\n");
  }

  @Test
  void everyStateOfAMoveIsTold() {
    tell("move", move("a", "copying", 1));
    tell("move", move("a", "committed", 1));

    assertThat(text("move")).contains("copying", "committed");
  }

  @Test
  void whatIsNotReplacedIsKept() {
    ObjectNode file = JsonNodeFactory.instance.objectNode().put("file_id", "f");
    ObjectNode anomaly = JsonNodeFactory.instance.objectNode().put("kind", "anomaly");
    tell("file", file);
    tell("file", file);
    tell("stream", anomaly);
    tell("stream", anomaly);

    assertThat(text("file", "stream")).contains("id: r-1", "id: r-2", "id: r-3", "id: r-4");
    assertThat(text("file")).doesNotContain("id: r-3");
  }
}
