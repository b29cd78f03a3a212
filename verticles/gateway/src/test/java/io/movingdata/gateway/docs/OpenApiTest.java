package io.movingdata.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.gateway.http.Operation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Document and routes agree, both ways. */
class OpenApiTest {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "head", "patch", "options", "trace");
  private final JsonNode api = OpenApiDocument.load().root();

  @Test
  void documentAndRoutesNameTheSameOperations() {
    Set<String> documented = new TreeSet<>();
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .forEach(
                        method ->
                            documented.add(
                                method.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey()
                                    + " "
                                    + method.getValue().path("operationId").asText())));
    List<String> routed =
        Arrays.stream(Operation.values())
            .map(o -> o.method() + " " + o.path() + " " + o.id())
            .toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(routed);
  }

  @Test
  void everyPathParameterIsDocumented() {
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      Set<String> inPath =
          new HashSet<>(
              Pattern.compile("\\{([a-z_]+)}")
                  .matcher(path.getKey())
                  .results()
                  .map((MatchResult match) -> match.group(1))
                  .toList());
      Set<String> documented = new HashSet<>();
      path.getValue()
          .path("parameters")
          .forEach(parameter -> documented.add(resolved(parameter).path("name").asText()));
      assertThat(documented).as(path.getKey()).isEqualTo(inPath);
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<JsonNode> references = api.findValues("$ref");

    assertThat(references).isNotEmpty();
    references.forEach(
        reference ->
            assertThat(api.at(reference.asText().substring(1)).isMissingNode())
                .as(reference.asText())
                .isFalse());
    assertThat(api.path("openapi").asText()).startsWith("3.1.");
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? api.at(node.path("$ref").asText().substring(1)) : node;
  }

  @Test
  void thePageShowsEveryOperation() {
    String page = DocsPage.of(api).html();

    for (Operation operation : Operation.values()) {
      assertThat(page).contains("id=\"" + operation.id() + "\"");
    }
  }
}
