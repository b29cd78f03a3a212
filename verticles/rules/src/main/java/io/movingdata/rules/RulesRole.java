package io.movingdata.rules;

import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.launch.NodeRole;
import io.movingdata.core.model.RuleSet;
import io.movingdata.rules.book.RuleBook;
import io.movingdata.rules.cost.PriceBook;
import io.vertx.core.Deployable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Offers the rules to the launcher. */
public final class RulesRole implements NodeRole {
  @Override
  public String name() {
    return "rules";
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public List<Deployable> verticles(NodeContext node) {
    PriceBook prices = PriceBook.parse(text("PRICES_FILE", node.config().node().pricesFile()));
    RuleSet rules =
        RuleBook.configured(
            text("RULES_FILE", node.config().node().rulesFile()), node.config().alerts());
    return List.of(new RulesVerticle(node, prices, rules));
  }

  private static String text(String variable, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          variable + " names a file that cannot be read: " + file + "; set it to one that can", e);
    }
  }
}
