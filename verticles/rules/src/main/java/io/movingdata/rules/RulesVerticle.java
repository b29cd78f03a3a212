package io.movingdata.rules;

import io.movingdata.core.audit.AuditLog;
import io.movingdata.core.bus.Bus;
import io.movingdata.core.contract.RulesApi;
import io.movingdata.core.launch.NodeContext;
import io.movingdata.core.model.RuleSet;
import io.movingdata.rules.alert.AlertService;
import io.movingdata.rules.autopilot.Autopilot;
import io.movingdata.rules.book.RuleBook;
import io.movingdata.rules.cost.CostService;
import io.movingdata.rules.cost.PriceBook;
import io.movingdata.rules.decide.EvaluationService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/** Wires the rules of one node. */
public final class RulesVerticle extends VerticleBase {
  private final NodeContext node;
  private final PriceBook prices;
  private final RuleSet configured;
  private AuditLog audit;
  private AlertService alerts;
  private Autopilot autopilot;

  public RulesVerticle(NodeContext node, PriceBook prices, RuleSet configured) {
    this.node = node;
    this.prices = prices;
    this.configured = configured;
  }

  @Override
  public Future<?> start() {
    Bus bus = node.bus();
    audit = new AuditLog(bus, node.clock());
    RuleBook rules = new RuleBook(node, configured);
    EvaluationService evaluation = new EvaluationService(node, rules, prices);
    alerts = new AlertService(node);
    CostService costs = new CostService(node, prices, rules);
    autopilot = new Autopilot(node, rules, evaluation, alerts, audit);
    audit.start();
    autopilot.start();
    return Future.all(
        List.of(
            bus.serve(RulesApi.GET_RULES, rules::get),
            bus.serve(RulesApi.PUT_RULES, rules::put),
            bus.serve(RulesApi.EVALUATE, evaluation::evaluate),
            bus.serve(RulesApi.COSTS, costs::costs),
            bus.serve(RulesApi.PRICES, costs::prices),
            bus.serve(RulesApi.ALERTS, alerts::list),
            bus.serve(RulesApi.ACKNOWLEDGE, alerts::acknowledge),
            bus.serve(RulesApi.GET_AUTOPILOT, autopilot::get),
            bus.serve(RulesApi.PUT_AUTOPILOT, autopilot::put)));
  }

  @Override
  public Future<?> stop() {
    return autopilot.stop().eventually(alerts::stop).eventually(audit::stop);
  }
}
