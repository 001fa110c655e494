package io.fedflow.components.selection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.binning.BinStatistics;
import io.fedflow.components.binning.BinningModel;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The guest's filters: decides over its own columns, and over the hosts' by information value. */
final class SelectionGuest {

  private final TaskContext context;
  private final OwnColumns own;
  private final List<FilterStep> chain;
  private final List<Party> hosts;

  SelectionGuest(TaskContext context, OwnColumns own) {
    this.context = context;
    this.own = own;
    this.chain = FilterStep.chain(context.params());
    this.hosts = context.federation().parties(Role.HOST);
  }

  /** Runs the chain. */
  SelectionModel run() throws InterruptedException {
    boolean byValue = chain.stream().anyMatch(step -> step.metric().equals("iv"));
    BinningModel binning = byValue ? binningModel(context) : null;
    context
        .federation()
        .sendAll(hosts, SelectionMessages.FILTERS, Payload.ofTexts(decidedByGuest(chain)));
    List<String> left = own.candidates();
    List<StepResult> results = new ArrayList<>();
    List<Map<String, StepResult>> hostResults = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      FilterStep step = chain.get(i);
      List<StepResult> judged;
      if (step.rule() == KeepRule.MANUAL) {
        judged = List.of(FilterRun.byName(left, own.leftManually(left)));
      } else if (step.metric().equals("iv")) {
        judged = byInformationValue(i, step, left, binning);
      } else {
        judged = FilterRun.judge(step, List.of(left), List.of(own.measure(step, left)));
      }
      results.add(judged.get(0));
      left = judged.get(0).left();
      Map<String, StepResult> ofHosts = new LinkedHashMap<>();
      for (int host = 1; host < judged.size(); host++) {
        ofHosts.put(hosts.get(host - 1).id(), judged.get(host));
      }
      hostResults.add(ofHosts);
      context.tracker().progress((i + 1.0) / chain.size(), "filter " + step.name());
    }
    return new SelectionModel(own, chain, results, hostResults);
  }

  /** The filters whose decision hosts wait for, as {@code position:name}. */
  static List<String> decidedByGuest(List<FilterStep> chain) {
    List<String> decided = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      if (chain.get(i).federated()) {
        decided.add(i + ":" + chain.get(i).name());
      }
    }
    return decided;
  }

  private List<StepResult> byInformationValue(
      int position, FilterStep step, List<String> left, BinningModel binning)
      throws InterruptedException {
    List<List<String>> columns = new ArrayList<>(List.of(left));
    List<Map<String, Double>> values = new ArrayList<>(List.of(totals(binning.own())));
    if (step.federated()) {
      for (Party host : hosts) {
        List<String> theirs =
            context.federation().receive(host, SelectionMessages.columns(position)).asTexts();
        if (new HashSet<>(theirs).size() != theirs.size()) {
          throw FedflowException.peer(
              "selection.message", host + " named a column twice in " + theirs.size());
        }
        columns.add(theirs);
        values.add(totals(binning.ofHost(host.id())));
      }
    }
    for (int party = 0; party < columns.size(); party++) {
      warnOfUnknown(step, columns.get(party), values.get(party));
    }
    List<StepResult> judged = FilterRun.judge(step, columns, values);
    for (int host = 1; host < judged.size(); host++) {
      context
          .federation()
          .send(
              hosts.get(host - 1),
              SelectionMessages.kept(position),
              Payload.ofTexts(judged.get(host).left()));
    }
    return judged;
  }

  private void warnOfUnknown(FilterStep step, List<String> columns, Map<String, Double> values) {
    List<String> unknown = columns.stream().filter(c -> !values.containsKey(c)).toList();
    if (!unknown.isEmpty()) {
      context
          .log()
          .warning(step.name() + ": columns without an information value stay: " + unknown);
    }
  }

  private static Map<String, Double> totals(Map<String, BinStatistics> statistics) {
    Map<String, Double> totals = new LinkedHashMap<>();
    statistics.forEach((name, counted) -> totals.put(name, counted.total()));
    return totals;
  }

  private static BinningModel binningModel(TaskContext context) {
    List<ComponentModel> models =
        context.inputs().isometric().stream()
            .filter(model -> model.module().equals(BinningModel.MODULE))
            .toList();
    if (models.size() != 1) {
      throw FedflowException.invalid(
          "selection.isometric",
          "filters by information value need one isometric_model of "
              + BinningModel.MODULE
              + "; found "
              + models.stream().map(ComponentModel::component).toList());
    }
    BinningModel binning = BinningModel.of(models.get(0));
    if (binning.own().isEmpty()) {
      throw FedflowException.invalid(
          "selection.isometric",
          "the model of "
              + models.get(0).component()
              + " holds no information values; run it without skip_static");
    }
    return binning;
  }
}
