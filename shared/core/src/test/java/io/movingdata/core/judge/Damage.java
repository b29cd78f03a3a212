package io.movingdata.core.judge;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One thing that went wrong in a healthy world.
 *
 * @param name what
 * @param rule the rule that it breaks, and the only one
 * @param plant does it, and answers whose violation it is
 */
record Damage(String name, Rule rule, Function<World, String> plant) {
  static List<Damage> all() {
    return Stream.of(ContentDamage.ALL, MoveDamage.ALL, LeftoverDamage.ALL)
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
