package io.movingdata.core.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The tree in force as a document that may be printed. */
final class EffectiveConfig {
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ObjectNode sources = JsonNodeFactory.instance.objectNode();
  private final ConfigTree tree;

  private EffectiveConfig(ConfigTree tree) {
    this.tree = tree;
  }

  static ObjectNode of(ConfigTree tree) {
    return new EffectiveConfig(tree).build();
  }

  private ObjectNode build() {
    for (Setting setting : Settings.all()) {
      int dot = setting.path().indexOf('.');
      ObjectNode parent = dot < 0 ? root : root.withObject("/" + setting.path().substring(0, dot));
      show(parent, setting.path().substring(dot + 1), setting);
    }
    for (String id : tree.locations()) {
      ObjectNode location = root.withArray("/locations").addObject().put("id", id);
      LocationReader.provider(tree, id).map(LocationSettings::having).stream()
          .flatMap(fields -> fields.stream())
          .forEach(field -> show(location, field.path(), field.in(id)));
    }
    root.set("sources", sources);
    return root;
  }

  private void show(ObjectNode parent, String name, Setting setting) {
    tree.get(setting.path())
        .ifPresent(
            entry -> {
              parent.set(name, setting.type().show().apply(entry.value()));
              sources.put(setting.path(), entry.source());
            });
  }
}
