package io.movingdata.rules.cost;

import io.movingdata.core.bus.Bus;
import io.movingdata.core.bus.Done;
import io.movingdata.core.config.LocationConfig;
import io.movingdata.core.contract.CatalogApi;
import io.movingdata.core.contract.InsightApi;
import io.movingdata.core.contract.RulesApi.Costs;
import io.movingdata.core.contract.RulesApi.LocationCost;
import io.movingdata.core.contract.RulesApi.Place;
import io.movingdata.core.contract.RulesApi.PriceList;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.Decision;
import io.movingdata.rules.book.RuleBook;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Adds up what is spent and what could be saved. */
public final class CostService {
  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final double HOURS_A_MONTH = 730;
  private static final int MOST = 1_000;
  private static final int SHOWN = 100;

  private final Bus bus;
  private final Clock clock;
  private final List<LocationConfig> locations;
  private final PriceBook prices;
  private final RuleBook rules;

  public CostService(NodeContext node, PriceBook prices, RuleBook rules) {
    this.bus = node.bus();
    this.clock = node.clock();
    this.locations = node.config().locations();
    this.prices = prices;
    this.rules = rules;
  }

  /** Carries out {@code RulesApi.PRICES}. */
  public Future<PriceList> prices(Done all) {
    return rules
        .current()
        .map(
            set ->
                new PriceList(
                    locations.stream()
                        .map(place -> new Place(place.id(), place.tier(), prices.of(place)))
                        .toList(),
                    set.horizonDays()));
  }

  /** Carries out {@code RulesApi.COSTS}. */
  public Future<Costs> costs(Done all) {
    return Future.all(
            bus.request(CatalogApi.USAGE, Done.DONE),
            bus.request(InsightApi.PENDING, new InsightApi.PendingQuery(MOST)),
            bus.request(InsightApi.EGRESS, Done.DONE))
        .map(found -> costs(found.resultAt(0), found.resultAt(1), found.resultAt(2)));
  }

  private Costs costs(
      CatalogApi.Usage usage, InsightApi.Decisions pending, InsightApi.Amount egress) {
    double dearest =
        locations.stream().mapToDouble(LocationConfig::storagePerGbMonth).max().orElse(0);
    List<LocationCost> byLocation = new ArrayList<>();
    for (LocationConfig place : locations) {
      CatalogApi.LocationUsage used =
          usage.locations().stream()
              .filter(one -> one.location().equals(place.id()))
              .findFirst()
              .orElse(new CatalogApi.LocationUsage(place.id(), 0, 0, 0));
      double gb = used.storedBytes() / GIB;
      byLocation.add(
          new LocationCost(
              place.id(),
              place.tier(),
              used.primaryFiles(),
              gb,
              gb * place.storagePerGbMonth(),
              gb * (dearest - place.storagePerGbMonth())));
    }
    double storage = byLocation.stream().mapToDouble(LocationCost::storage).sum();
    List<Decision> best =
        pending.decisions().stream()
            .sorted(Comparator.comparingDouble(Decision::savingsPerMonth).reversed())
            .toList();
    return new Costs(
        storage,
        egress.amount(),
        storage + egress.amount() * HOURS_A_MONTH,
        pending.total(),
        best.stream().mapToDouble(Decision::savingsPerMonth).sum(),
        best.stream().mapToDouble(Decision::moveCost).sum(),
        byLocation.stream().mapToDouble(LocationCost::saving).sum(),
        byLocation,
        best.stream().limit(SHOWN).toList(),
        prices.asOf(),
        clock.instant());
  }
}
