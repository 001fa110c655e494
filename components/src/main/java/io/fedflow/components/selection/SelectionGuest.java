package io.fedflow.components.selection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.pearson.StoredCorrelations;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
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
  private final OwnMeasures measures;
  private final List<FilterStep> chain;
  private final List<Party> hosts;

  SelectionGuest(TaskContext context, OwnColumns own) {
    this.context = context;
    this.own = own;
    this.measures = new OwnMeasures(context, own);
    this.chain = FilterChain.of(context.params());
    this.hosts = context.federation().parties(Role.HOST);
  }

  /** Runs the chain. */
  SelectionModel run() throws InterruptedException {
    // Read before anything is sent: a missing model ends the task before hosts wait for it.
    InformationValues information = null;
    StoredCorrelations correlations = null;
    for (FilterStep step : chain) {
      if (step.byInformation() && information == null) {
        information = InformationValues.of(MeasureModel.BINNING.of(context, step.name()));
      }
      if (step.rule() == KeepRule.CORRELATION && correlations == null) {
        correlations = StoredCorrelations.of(MeasureModel.CORRELATIONS.of(context, step.name()));
        requireCross(step, correlations);
      }
    }
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
      } else if (step.byInformation()) {
        judged = byInformation(i, step, left, information, correlations);
      } else {
        judged = FilterRun.judge(step, List.of(left), List.of(measures.of(step, left)));
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

  private List<StepResult> byInformation(
      int position,
      FilterStep step,
      List<String> left,
      InformationValues information,
      StoredCorrelations correlations)
      throws InterruptedException {
    List<List<String>> columns = new ArrayList<>(List.of(left));
    List<Map<String, Double>> values = new ArrayList<>(List.of(information.own(step.merge())));
    if (step.federated()) {
      for (Party host : hosts) {
        List<String> theirs =
            context.federation().receive(host, SelectionMessages.columns(position)).asTexts();
        if (new HashSet<>(theirs).size() != theirs.size()) {
          throw FedflowException.peer(
              "selection.message", host + " named a column twice in " + theirs.size());
        }
        columns.add(theirs);
        values.add(information.ofHost(host.id(), step.merge()));
      }
    }
    for (int party = 0; party < columns.size(); party++) {
      warnOfUnknown(step, columns.get(party), values.get(party));
    }
    List<StepResult> judged =
        step.rule() == KeepRule.CORRELATION
            ? new CorrelationRun(correlations, step.threshold())
                .judge(
                    columns,
                    values,
                    step.federated() && !hosts.isEmpty() ? crossHost(correlations) : 0)
            : FilterRun.judge(step, columns, values);
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

  /** Which host, from 1, the correlations are with. */
  private int crossHost(StoredCorrelations correlations) {
    String id = correlations.cross().orElseThrow().hostId();
    return 1 + hosts.stream().map(Party::id).toList().indexOf(id);
  }

  private void requireCross(FilterStep step, StoredCorrelations correlations) {
    if (step.federated() && !hosts.isEmpty() && correlations.cross().isEmpty()) {
      throw FedflowException.invalid(
          "selection.isometric",
          "filter "
              + step.name()
              + " with select_federated: found no correlations with a host; set cross_parties in"
              + " HeteroPearson, or select_federated false");
    }
  }

  private void warnOfUnknown(FilterStep step, List<String> columns, Map<String, Double> values) {
    List<String> unknown = columns.stream().filter(c -> !values.containsKey(c)).toList();
    if (!unknown.isEmpty()) {
      context
          .log()
          .warning(step.name() + ": columns without an information value stay: " + unknown);
    }
  }
}
