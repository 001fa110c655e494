package io.fedflow.job;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One turn of a job in the making: events that happen one after the other and are stored together,
 * before any of their effects. It takes events as long as no row changes twice, since every stored
 * revision is one change. Confined to the job's lane.
 */
final class JobTurn {

  private final JobShell shell;
  private final long now;
  private final CoordinationRow before;
  private final Map<Party, PartyState> states = new HashMap<>();
  private final List<TurnStore.Change> changes = new ArrayList<>();
  private final List<Runnable> consequences = new ArrayList<>();
  private CoordinationRow coordination;

  /**
   * A turn without events.
   *
   * @param now epoch milliseconds, for the rows' times
   */
  JobTurn(JobShell shell, long now) {
    this.shell = shell;
    this.now = now;
    this.before = shell.coordination();
    this.coordination = before;
  }

  /**
   * Takes an event after all that it has.
   *
   * @return false if it must wait for the next turn
   * @throws FedflowException if it is for nobody here
   */
  boolean take(JobInput input) {
    return input instanceof JobInput.ForParty atParty
        ? take(atParty.party(), atParty.event())
        : take(((JobInput.ForCoordinator) input).event());
  }

  private boolean take(Party party, PartyEvent event) {
    PartyState stored = shell.state(party);
    if (stored == null) {
      throw FedflowException.invalid(
          "job.unknown", "job " + shell.jobId() + " was never created at " + party);
    }
    PartyState state = states.getOrDefault(party, stored);
    PartyMachine.Turn turn = PartyMachine.apply(state, event, now);
    if (changesTwice(stored, turn.next())) {
      return false;
    }
    if (turn.ignored().isEmpty()) {
      shell.begins(state, turn.next());
      states.put(party, turn.next());
      changes.add(new TurnStore.Change(state, turn.next()));
    } else {
      shell.ignored(party.toString(), event, turn.ignored());
    }
    consequences.add(() -> shell.took(party, turn));
    return true;
  }

  private static boolean changesTwice(PartyState stored, PartyState next) {
    boolean twice = next.job().revision() > stored.job().revision() + 1;
    for (int i = 0; i < next.tasks().size(); i++) {
      // Attempts are only ever added, at the end.
      long known = i < stored.tasks().size() ? stored.tasks().get(i).revision() : 0;
      twice |= next.tasks().get(i).revision() > known + 1;
    }
    return twice;
  }

  private boolean take(CoordinatorEvent event) {
    CoordinatorMachine.Turn turn = shell.decide(coordination, event, now);
    if (turn.ignored().isEmpty()) {
      if (coordination != before) {
        return false;
      }
      coordination = turn.next();
    } else {
      shell.ignored("coordinator", event, turn.ignored());
    }
    consequences.add(() -> shell.decided(turn));
    return true;
  }

  /** Whether there is anything to store. */
  boolean changesSomething() {
    return coordination != before || !changes.isEmpty();
  }

  /** What changed at local parties, in order. */
  List<TurnStore.Change> changes() {
    return changes;
  }

  /** The coordinator's row, if it changed. */
  Optional<CoordinationRow> coordination() {
    return coordination == before ? Optional.empty() : Optional.of(coordination);
  }

  /** Takes over the new states and does their effects, event by event; called once it is stored. */
  void happened() {
    consequences.forEach(Runnable::run);
  }
}
