package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.stepwise.StepRules;
import io.fedflow.components.stepwise.StepSearch;
import io.fedflow.components.stepwise.Subset;
import io.fedflow.components.task.Part;
import io.fedflow.components.task.PartContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One party's part of a stepwise search: fits every candidate with the others, and hears from the
 * arbiter which one is the best. One object for one task.
 */
final class LrSteps {

  /** How a party fits one candidate. */
  @FunctionalInterface
  interface Fit {

    /** Trains in a part of the task, which has the candidate's columns only. */
    Candidate in(TaskContext part, Subset subset) throws InterruptedException;
  }

  private final TaskContext context;
  private final StepRules rules;
  private final StepColumns columns;
  private final Optional<Table> table;
  private final List<String> header;
  private final Map<Subset, Candidate> fitted = new HashMap<>();
  private final Map<String, Object> summary = new LinkedHashMap<>();

  /**
   * A search that has not begun.
   *
   * @param table the party's rows; empty at the arbiter
   * @param header the columns among which the search chooses; empty at the arbiter
   */
  LrSteps(TaskContext context, StepColumns columns, Optional<Table> table, List<String> header) {
    this.context = context;
    this.rules = StepRules.of(context.params());
    this.columns = columns;
    this.table = table;
    this.header = header;
  }

  /** Searches to the end, and gives what was found. */
  Candidate search(Fit fit) throws InterruptedException {
    StepSearch search = new StepSearch(rules, columns.host().size(), columns.guest().size());
    if (search.empty()) {
      report(search, search.current());
      search.begin();
    }
    boolean over = false;
    while (!over) {
      List<Subset> candidates = search.candidates();
      fitAll(search, candidates, fit);
      Subset best = candidates.get(best(search.step(), candidates));
      if (search.step() == 0 || !best.equals(search.current())) {
        report(search, best);
      }
      over = search.advance(best);
    }
    return fitted.get(search.current());
  }

  /** Where the model that was found predicts the rows of the training. */
  TaskContext selected() {
    return new PartContext(context, Part.selected(), inputs(table));
  }

  /** What the steps came to, for the task's summary. */
  Map<String, Object> summary() {
    return summary;
  }

  private void fitAll(StepSearch search, List<Subset> candidates, Fit fit)
      throws InterruptedException {
    int number = 0;
    for (Subset candidate : candidates) {
      context.checkStopped();
      if (!fitted.containsKey(candidate)) {
        Part part = Part.candidate(search.step(), number++);
        fitted.put(
            candidate,
            fit.in(
                new PartContext(context, part, inputs(table.map(rows -> only(rows, candidate)))),
                candidate));
      }
      context
          .tracker()
          .progress(
              Math.min(
                  1, (search.step() + number / (1.0 + candidates.size())) / (rules.steps() + 1)),
              "step " + search.step() + ": " + number + " models");
    }
  }

  private int best(int step, List<Subset> candidates) throws InterruptedException {
    MessageTag tag = MessageTag.of(LrMessages.BEST, step);
    if (context.self().role().equals(Role.ARBITER)) {
      int best = 0;
      for (int i = 1; i < candidates.size(); i++) {
        if (fitted.get(candidates.get(i)).criterion()
            < fitted.get(candidates.get(best)).criterion()) {
          best = i;
        }
      }
      for (Role role : new Role[] {Role.GUEST, Role.HOST}) {
        context
            .federation()
            .sendAll(context.federation().parties(role), tag, Payload.ofLongs(best));
      }
      return best;
    }
    Party arbiter = context.federation().parties(Role.ARBITER).get(0);
    long[] told = context.federation().receive(arbiter, tag).asLongs();
    if (told.length != 1 || told[0] < 0 || told[0] >= candidates.size()) {
      throw FedflowException.peer(
          "lr.message", arbiter + " chose none of " + candidates.size() + " models");
    }
    return (int) told[0];
  }

  private static TaskInputs inputs(Optional<Table> rows) {
    return rows.map(
            table ->
                new TaskInputs(
                    Map.of("train_data", List.of(new DataInput("step.rows", table))),
                    Optional.empty(),
                    List.of()))
        .orElse(TaskInputs.none());
  }

  /** What is no candidate, such as an exposure, stays. */
  private Table only(Table rows, Subset subset) {
    List<String> chosen = Subset.chosen(header, own(subset));
    return rows.keepFeatures(name -> chosen.contains(name) || !header.contains(name));
  }

  private List<Boolean> own(Subset subset) {
    return context.self().role().equals(Role.GUEST) ? subset.guest() : subset.host();
  }

  /** Reports as FATE does, and one step more: the last one. */
  private void report(StepSearch search, Subset subset) {
    Candidate candidate = fitted.get(subset);
    String name = "stepwise_" + search.step();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("host_mask", subset.host());
    facts.put("guest_mask", subset.guest());
    facts.put("score_name", rules.bic() ? "bic" : "aic");
    facts.put("number_in", subset.size());
    facts.put("direction", context.params().object("stepwise_param").text("direction"));
    facts.put("host_features_anonym", columns.host());
    facts.put("guest_features_anonym", columns.guest());
    facts.put("fit_intercept", context.params().object("init_param").bool("fit_intercept"));
    if (table.isEmpty()) {
      facts.put("loss", known(candidate == null ? Double.NaN : candidate.loss()));
      facts.put("current_ic_val", known(candidate == null ? Double.NaN : candidate.criterion()));
    } else {
      facts.put("n_count", table.get().rowCount());
      facts.put("all_features", header);
      facts.put("to_enter", Subset.left(header, own(subset)));
      if (candidate != null) {
        LinearWeights weights = candidate.model().weights();
        facts.put("header", weights.header());
        facts.put("weight", weights.byName());
        facts.put("intercept", weights.intercept());
      }
    }
    context.tracker().metric("train", name, List.of(new MetricPoint(name, search.step())));
    context.tracker().metricMeta("train", name, "STEPWISE", facts);
    summary.put("step_" + search.step(), summaryOf(subset, facts));
  }

  private Map<String, Object> summaryOf(Subset subset, Map<String, Object> facts) {
    Map<String, Object> of = new LinkedHashMap<>();
    if (table.isEmpty()) {
      of.put("loss", facts.get("loss"));
      of.put("ic_val", facts.get("current_ic_val"));
      return of;
    }
    boolean guest = context.self().role().equals(Role.GUEST);
    of.put("guest_features", Subset.chosen(guest ? header : columns.guest(), subset.guest()));
    of.put("host_features", Subset.chosen(guest ? columns.host() : header, subset.host()));
    return of;
  }

  private static Object known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
