package io.movingdata.core.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The access-policy file: {@code {"locations": {"s3": {"allowed_roles": ["analytics"]}}}}. A
 * location that it names has exactly these roles, one that it leaves out keeps its own.
 */
public final class AccessPolicyFile {
  private AccessPolicyFile() {}

  /**
   * The base policy as changed by the file.
   *
   * @param base the configured policy, which knows all locations
   * @throws IllegalArgumentException if the text is not JSON, or a field is unknown, missing, of
   *     the wrong type or names an unknown location; the message gives the field's path
   */
  public static AccessPolicy apply(String json, AccessPolicy base) {
    JsonNode root = read(json);
    requireOnlyFields("", root, Set.of("locations"));
    JsonNode locations = root.path("locations");
    requireOnlyFields("locations", locations, base.locations());
    Map<String, List<String>> overrides = new HashMap<>();
    for (Map.Entry<String, JsonNode> location : locations.properties()) {
      String path = "locations." + location.getKey();
      requireOnlyFields(path, location.getValue(), Set.of("allowed_roles"));
      JsonNode roles = location.getValue().path("allowed_roles");
      overrides.put(location.getKey(), roles(path + ".allowed_roles", roles));
    }
    return base.with(overrides);
  }

  private static JsonNode read(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "access policy is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void requireOnlyFields(String path, JsonNode node, Set<String> known) {
    if (!node.isObject()) {
      throw invalid(path.isEmpty() ? "the document" : path, "must be an object");
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        String kind = path.equals("locations") ? "is not a configured location" : "is unknown";
        throw invalid(path.isEmpty() ? name : path + "." + name, kind);
      }
    }
  }

  private static List<String> roles(String path, JsonNode node) {
    if (!node.isArray()) {
      throw invalid(path, "must be a list of role names");
    }
    List<String> roles = new ArrayList<>();
    for (JsonNode role : node) {
      String place = path + "[" + roles.size() + "]";
      if (!role.isTextual()) {
        throw invalid(place, "must be a text");
      }
      try {
        roles.add(RoleName.parse(role.textValue()));
      } catch (IllegalArgumentException e) {
        throw invalid(place, "is " + e.getMessage());
      }
    }
    return roles;
  }

  private static IllegalArgumentException invalid(String path, String problem) {
    return new IllegalArgumentException("access policy: " + path + " " + problem);
  }
}
