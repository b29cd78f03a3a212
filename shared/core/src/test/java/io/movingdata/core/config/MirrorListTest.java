package io.movingdata.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MirrorListTest {
  private static final ValueType TYPE = MirrorList.type();

  private static Optional<String> problem(String text) {
    return TYPE.problem().apply(TYPE.parse().apply(text));
  }

  private static List<NodeConfig.Mirror> read(String text) {
    JsonNode list = TYPE.parse().apply(text);
    assertThat(TYPE.problem().apply(list)).isEmpty();
    return MirrorList.read(list);
  }

  @Test
  void addressesSeparatedByCommasAreNamedAfterTheirHosts() {
    List<NodeConfig.Mirror> mirrors = read("https://a.example/x?token=t, http://b.example:8080");
    assertThat(mirrors)
        .extracting(NodeConfig.Mirror::name)
        .containsExactly("a.example", "b.example-8080");
    assertThat(mirrors.get(0).url().reveal()).isEqualTo("https://a.example/x?token=t");
    assertThat(mirrors.get(0).getUrl()).isNull();
    assertThat(read("")).isEmpty();
  }

  @Test
  void jsonGivesNamesAndAddressesToAskAt() {
    List<NodeConfig.Mirror> mirrors =
        read(
            "[{\"name\":\"one\",\"url\":\"http://a.example/c\",\"get_url\":\"http://a.example/f\"},"
                + "\"http://b.example\"]");
    assertThat(mirrors).extracting(NodeConfig.Mirror::name).containsExactly("one", "b.example");
    assertThat(mirrors.get(0).getUrl().reveal()).isEqualTo("http://a.example/f");
  }

  @Test
  void whatIsWrongIsSaidWithoutTheAddress() {
    String secret = "hush";
    for (String bad :
        List.of(
            "ftp://hush@a.example",
            "[{\"url\":\"ftp://hush\"}]",
            "[{\"name\":\"a b\",\"url\":\"http://hush.example\"}]",
            "[{\"name\":\"a\",\"uri\":\"http://hush.example\"}]",
            "[\"http://hush.example\"",
            "[7]")) {
      Optional<String> problem = problem(bad);
      assertThat(problem).as(bad).isPresent();
      assertThat(problem.get()).doesNotContain(secret);
    }
    assertThat(problem("http://a.example/1,http://a.example/2")).get().asString().contains("name");
  }

  @Test
  void itIsNeverShown() {
    JsonNode list = TYPE.parse().apply("http://me:hush@a.example");
    assertThat(TYPE.show().apply(list).asText()).isEqualTo("[hidden]");
    assertThat(MirrorList.read(list).toString()).doesNotContain("hush");
  }
}
