package io.fedflow.components.selection;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A host's filters: decides by its own values, and asks the guest where labels matter. */
final class SelectionHost {

  private final TaskContext context;
  private final OwnColumns own;
  private final OwnMeasures measures;
  private final List<FilterStep> chain;
  private final Party guest;

  SelectionHost(TaskContext context, OwnColumns own) {
    this.context = context;
    this.own = own;
    this.measures = new OwnMeasures(context, own);
    this.chain = FilterChain.of(context.params());
    this.guest =
        context.federation().parties(Role.GUEST).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "parties.guest", SelectionModel.MODULE + " at a host needs a guest"));
  }

  /** Runs the chain. */
  SelectionModel run() throws InterruptedException {
    List<String> theirs = context.federation().receive(guest, SelectionMessages.FILTERS).asTexts();
    List<String> ours = SelectionGuest.decidedByGuest(chain);
    if (!theirs.equals(ours)) {
      throw FedflowException.invalid(
          "selection.filters",
          "filter_methods: the guest decides over "
              + theirs
              + ", this host's conf says "
              + ours
              + "; give both the same filters");
    }
    List<String> left = own.candidates();
    List<StepResult> results = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      FilterStep step = chain.get(i);
      StepResult result;
      if (step.federated()) {
        result = askGuest(i, left);
      } else if (step.rule() == KeepRule.MANUAL) {
        result = FilterRun.byName(left, own.leftManually(left));
      } else {
        result = FilterRun.judge(step, List.of(left), List.of(measures.of(step, left))).get(0);
      }
      results.add(result);
      left = result.left();
    }
    return new SelectionModel(own, chain, results, List.of());
  }

  private StepResult askGuest(int position, List<String> left) throws InterruptedException {
    Map<String, String> anonymous = own.anonymous();
    context
        .federation()
        .send(
            guest,
            SelectionMessages.columns(position),
            Payload.ofTexts(left.stream().map(anonymous::get).toList()));
    Set<String> kept =
        new HashSet<>(
            context.federation().receive(guest, SelectionMessages.kept(position)).asTexts());
    return FilterRun.byName(
        left, new HashSet<>(left.stream().filter(c -> kept.contains(anonymous.get(c))).toList()));
  }
}
