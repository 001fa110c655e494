package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.validation.BestSoFar;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;

/**
 * How a host or the arbiter follows what the guest says after a validation. One object for one
 * training.
 */
final class FollowedValidation {

  private final TaskContext context;
  private final ValidationSettings settings;
  private final Party guest;
  private final BestSoFar<LinearWeights> best;

  FollowedValidation(TaskContext context, ValidationSettings settings) {
    this.context = context;
    this.settings = settings;
    this.guest = context.federation().parties(Role.GUEST).get(0);
    this.best = new BestSoFar<>(settings.tracked().size(), settings.rounds());
  }

  /** Whether validation follows an iteration. */
  boolean due(int iteration) {
    return settings.due(iteration);
  }

  /** How many of the iterations from {@code start} until before {@code end} it follows. */
  int countDue(int start, int end) {
    return settings.countDue(start, end);
  }

  /** Hears about a validation if one may end the training; whether it does. */
  boolean ends(int iteration, LinearWeights weights) throws InterruptedException {
    if (!settings.stopsEarly() || !settings.due(iteration)) {
      return false;
    }
    long[] withoutGain =
        context
            .federation()
            .receive(guest, MessageTag.of(LrMessages.VALIDATION_STATUS, iteration))
            .asLongs();
    return best.update(guest, withoutGain, iteration, weights);
  }

  /** The training's result, or the best iteration if that is what is kept. */
  LrModel chosen(LrModel last) {
    return best.chosen().map(last::at).orElse(last);
  }
}
