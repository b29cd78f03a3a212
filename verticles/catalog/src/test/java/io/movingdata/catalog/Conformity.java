package io.movingdata.catalog;

import io.movingdata.catalog.store.DocumentStore;
import io.movingdata.core.bus.Address;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.judge.CatalogDump;
import io.movingdata.testkit.model.ModelCatalog;
import io.movingdata.testkit.model.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** One sequence of deeds, done to the catalog and to the model. */
final class Conformity {
  private static final List<Duration> TIMES =
      List.of(
          Duration.ofMillis(300),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofMinutes(90));

  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
  private final Clock clock = clock(now);
  private final ServiceSide services;
  private final ModelCatalog model = new ModelCatalog();
  private final Asker toServices = new Asker(clock);
  private final Asker toModel = new Asker(clock);
  private final Alike alike = new Alike();

  private Conformity(DocumentStore store, Bus bus) {
    this.services = new ServiceSide(store, bus, clock);
  }

  /** What the two disagree on, empty where they agree on everything. */
  static Optional<String> difference(DocumentStore store, Bus bus, List<Deed> deeds) {
    Conformity both = new Conformity(store, bus);
    for (Deed deed : deeds) {
      Optional<String> found = both.doBoth(deed);
      if (found.isPresent()) {
        return found;
      }
    }
    return both.compareStates("at the end");
  }

  private Optional<String> doBoth(Deed deed) {
    now.updateAndGet(t -> t.plusMillis(1));
    switch (deed.kind()) {
      case PASS_TIME -> now.updateAndGet(t -> t.plus(TIMES.get(deed.dice() % TIMES.size())));
      case FORGET -> {
        services.forget();
        model.forget(clock.instant().minus(ServiceSide.REMEMBERED));
      }
      default -> {
        Ask<?, ?> one = toServices.ask(deed);
        Ask<?, ?> other = toModel.ask(deed);
        if (one != null) {
          return deed.dieAfter() < 0
              ? answer(deed, one, other)
              : die(deed.dieAfter(), one, begin(other));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> answer(Deed deed, Ask<?, ?> one, Ask<?, ?> other) {
    Object real = attempt(() -> services.ask(one));
    Object modelled = attempt(() -> begin(other).run());
    if (!alike.answers(real, modelled)) {
      return Optional.of(
          "%s%nthe catalog says %s%nthe model says   %s".formatted(one, real, modelled));
    }
    toServices.heard(deed, real);
    toModel.heard(deed, modelled);
    return Optional.empty();
  }

  /** What a dead process has left must be what some number of the model's steps leave. */
  private Optional<String> die(int steps, Ask<?, ?> one, Operation<?> other) {
    try {
      services.dieAfter(steps, one);
    } catch (MovingDataException refusedAtOnce) {
      return Optional.empty();
    }
    CatalogDump left = services.state();
    while (!alike.states(left, dump())) {
      if (other.ended()) {
        return Optional.of(
            "%s%n stopped after %d operations leaves %s%nwhich the model never leaves"
                .formatted(one, steps, left));
      }
      other.step();
    }
    return Optional.empty();
  }

  private Optional<String> compareStates(String when) {
    CatalogDump real = services.state();
    CatalogDump modelled = dump();
    return alike.states(real, modelled)
        ? Optional.empty()
        : Optional.of("%s the catalog holds%n%s%nthe model%n%s".formatted(when, real, modelled));
  }

  private CatalogDump dump() {
    return new CatalogDump(
        List.copyOf(model.files()),
        model.intents(false),
        model.intents(true),
        List.copyOf(model.garbage()),
        List.copyOf(model.activeMoves()),
        List.copyOf(model.history()));
  }

  @SuppressWarnings("unchecked")
  private <Q, R> Operation<R> begin(Ask<?, ?> ask) {
    return model.begin((Address<Q, R>) ask.address(), (Q) ask.request(), clock);
  }

  /** The answer, or the code of the refusal. */
  private static Object attempt(Supplier<Object> asking) {
    try {
      return asking.get();
    } catch (MovingDataException refusal) {
      return refusal.code();
    }
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }
}
