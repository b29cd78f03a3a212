package io.movingdata.mover.simulate;

import io.movingdata.mover.simulate.Step.Command;
import io.movingdata.mover.simulate.Step.Fault;
import io.movingdata.testkit.random.Shrinker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What happened from a seed. */
record History(long seed, List<Step> steps, Finding finding, List<String> trace) {
  private static final int LAST_LINES = 70;

  /** Lets the history of a seed happen. */
  static History of(long seed, Mutant mutant) {
    Chance chance = new Chance(seed);
    List<Command> commands = Plan.of(chance);
    Faults faults = Faults.drawn(chance, Weather.of(chance));
    Finding finding = happen(chance, faults, mutant, commands, null);
    List<Step> steps = new ArrayList<>(commands);
    steps.addAll(faults.happened());
    return new History(seed, steps, finding, List.of());
  }

  /** Lets some of its steps happen again. */
  private static History again(long seed, Mutant mutant, List<Step> steps, List<String> trace) {
    List<Command> commands = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Command command) {
        commands.add(command);
      } else {
        faults.add((Fault) step);
      }
    }
    Finding finding = happen(new Chance(seed), Faults.given(faults), mutant, commands, trace);
    return new History(seed, steps, finding, trace == null ? List.of() : trace);
  }

  private static Finding happen(
      Chance chance, Faults faults, Mutant mutant, List<Command> commands, List<String> trace) {
    World world = new World(chance, Weather.of(chance), faults, mutant, trace);
    Finding found = world.run(commands);
    return found != null ? found : Verdict.of(world);
  }

  /** The shortest part of it that fails in the same way. */
  History shrunk(Mutant mutant) {
    List<Step> shortest =
        Shrinker.shrink(
            steps,
            some -> {
              Finding found = again(seed, mutant, some, null).finding();
              return found != null && found.rule().equals(finding.rule());
            });
    return again(seed, mutant, shortest, new ArrayList<>());
  }

  /** What people need to understand it. */
  String report() {
    List<String> lines = new ArrayList<>(List.of(finding.detail()));
    lines.addAll(trace.subList(Math.max(0, trace.size() - LAST_LINES), trace.size()));
    List<String> readable = ShortTrace.lines(lines);
    return "%s%n%s%nreplay it with -Dsimulator.seed=%d; its steps:%n  %s%n%s"
        .formatted(
            finding.rule(),
            readable.get(0),
            seed,
            steps.stream().map(Step::toString).collect(Collectors.joining("\n  ")),
            String.join("\n", readable.subList(1, readable.size())));
  }
}
