package io.movingdata.mover.simulate;

import io.movingdata.core.judge.CatalogDump;
import io.movingdata.core.judge.Evidence;
import io.movingdata.core.judge.Judge;
import io.movingdata.core.judge.Limits;
import io.movingdata.core.judge.Reading;
import io.movingdata.core.judge.Rule;
import io.movingdata.core.judge.StoreDump;
import io.movingdata.core.judge.StoredObject;
import io.movingdata.core.judge.UnfinishedUpload;
import io.movingdata.core.judge.Violation;
import io.movingdata.mover.simulate.SimulatedProvider.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Has the judge look at a world that is at rest. */
final class Verdict {
  /** What is judged by times that nodes wrote down; {@link Watch} sees the same as it happens. */
  private static final Set<Rule> BY_CLOCKS = EnumSet.of(Rule.SERIALISATION, Rule.PLACEMENT);

  private Verdict() {}

  /** The gravest violation that no rotten copy explains, null where there is none. */
  static Finding of(World world) {
    if (world.watch().atRest() != null) {
      return world.watch().atRest();
    }
    for (Violation violation : Judge.judge(evidence(world))) {
      if (!explained(violation, world)) {
        return new Finding(
            violation.rule().name(), violation.subject() + ": " + violation.detail());
      }
    }
    return null;
  }

  /** What a copy that rotted, and times written down long before they count, make of a history. */
  private static boolean explained(Violation violation, World world) {
    boolean rotten =
        world.watch().damagedFiles().stream()
            .anyMatch(f -> (violation.subject() + violation.detail()).contains(f));
    return rotten || BY_CLOCKS.contains(violation.rule());
  }

  private static Evidence evidence(World world) {
    List<StoreDump> stores = new ArrayList<>();
    for (SimulatedProvider provider : world.providers().all()) {
      stores.add(dump(world, provider));
    }
    return new Evidence(
        world.time().instant(),
        Limits.atRest(Duration.ofMillis(Product.STALE_MS)),
        new CatalogDump(
            List.copyOf(world.catalog().files()),
            world.catalog().intents(false),
            world.catalog().intents(true),
            List.copyOf(world.catalog().garbage()),
            List.copyOf(world.catalog().activeMoves()),
            List.copyOf(world.catalog().history())),
        stores,
        world.providers().log(),
        world.clients().history(),
        List.of());
  }

  private static StoreDump dump(World world, SimulatedProvider provider) {
    return new StoreDump(
        provider.location(),
        provider.objects().stream().map(stored -> object(world, stored)).toList(),
        provider.uploads().stream()
            .map(upload -> new UnfinishedUpload(upload.copy.key(), world.instantOf(upload.begun)))
            .toList());
  }

  private static StoredObject object(World world, Stored stored) {
    return new StoredObject(
        stored.key,
        stored.bytes,
        stored.metadata,
        world.instantOf(stored.at),
        stored.damaged ? Reading.unreadable("rotten") : Reading.content(stored.sha256));
  }
}
