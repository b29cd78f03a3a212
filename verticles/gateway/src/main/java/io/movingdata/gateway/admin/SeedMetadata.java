package io.movingdata.gateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.movingdata.core.error.ErrorCode;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.json.Json;
import io.movingdata.core.model.MetadataEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code metadata.json} says of each seed: its fields become user metadata. */
final class SeedMetadata {
  private final Map<String, List<MetadataEntry>> byFile = new HashMap<>();

  private SeedMetadata() {}

  static SeedMetadata none() {
    return new SeedMetadata();
  }

  static SeedMetadata parse(String json) {
    SeedMetadata metadata = new SeedMetadata();
    try {
      for (JsonNode file : Json.mapper().readTree(json).path("files")) {
        List<MetadataEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : file.properties()) {
          if (!field.getKey().equals("file") && field.getValue().isValueNode()) {
            entries.add(new MetadataEntry(field.getKey(), field.getValue().asText()));
          }
        }
        metadata.byFile.put(file.path("file").asText(), entries);
      }
    } catch (JsonProcessingException e) {
      throw MovingDataException.of(ErrorCode.CONFLICT, "the seeds' metadata.json is not JSON", e);
    }
    return metadata;
  }

  List<MetadataEntry> of(String fileName) {
    return byFile.getOrDefault(fileName, List.of());
  }
}
