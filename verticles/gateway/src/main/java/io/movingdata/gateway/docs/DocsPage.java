package io.movingdata.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The readable page of the API, made from its document. */
final class DocsPage {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "head");

  private final JsonNode api;

  private DocsPage(JsonNode api) {
    this.api = api;
  }

  static HtmlPage of(JsonNode api) {
    return new DocsPage(api).page();
  }

  private HtmlPage page() {
    JsonNode info = api.path("info");
    StringBuilder html = new StringBuilder();
    html.append("<p>").append(text(info, "description")).append("</p>");
    html.append("<p>Version ").append(text(info, "version"));
    html.append(" · <a href=\"/openapi.json\">OpenAPI document</a></p>");
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          operation(html, path, operation);
        }
      }
    }
    return new HtmlPage(info.path("title").asText(), html.toString());
  }

  private void operation(
      StringBuilder html, Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> entry) {
    JsonNode operation = entry.getValue();
    html.append("<h2 id=\"").append(text(operation, "operationId")).append("\">");
    html.append("<span class=\"method\">").append(entry.getKey().toUpperCase(Locale.ROOT));
    html.append("</span> <code>").append(HtmlPage.escape(path.getKey())).append("</code></h2>");
    html.append("<p>").append(text(operation, "summary")).append("</p>");
    if (operation.has("description")) {
      html.append("<p>").append(text(operation, "description")).append("</p>");
    }
    parameters(html, path.getValue().path("parameters"), operation.path("parameters"));
    JsonNode body = operation.path("requestBody").path("content");
    for (Map.Entry<String, JsonNode> type : body.properties()) {
      html.append("<p>Body: <code>").append(HtmlPage.escape(type.getKey())).append("</code></p>");
      schema(html, type.getValue().path("schema"));
    }
    html.append("<table><tr><th>Status</th><th>Answer</th></tr>");
    for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
      html.append("<tr><td>").append(HtmlPage.escape(response.getKey())).append("</td><td>");
      html.append(text(resolved(response.getValue()), "description")).append("</td></tr>");
    }
    html.append("</table>");
  }

  private void parameters(StringBuilder html, JsonNode ofPath, JsonNode ofOperation) {
    if (ofPath.isEmpty() && ofOperation.isEmpty()) {
      return;
    }
    html.append("<table><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr>");
    ofPath.forEach(parameter -> parameter(html, parameter));
    ofOperation.forEach(parameter -> parameter(html, parameter));
    html.append("</table>");
  }

  private void parameter(StringBuilder html, JsonNode given) {
    JsonNode parameter = resolved(given);
    html.append("<tr><td><code>").append(text(parameter, "name")).append("</code></td><td>");
    html.append(text(parameter, "in")).append("</td><td>");
    html.append(text(parameter, "description")).append("</td></tr>");
  }

  private static void schema(StringBuilder html, JsonNode schema) {
    if (!schema.isEmpty()) {
      html.append("<pre>").append(HtmlPage.escape(schema.toPrettyString())).append("</pre>");
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? api.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String text(JsonNode node, String field) {
    return HtmlPage.escape(node.path(field).asText(""));
  }
}
