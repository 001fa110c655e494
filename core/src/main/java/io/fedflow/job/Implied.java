package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.List;

/**
 * The effects that a stored state stands for: done again after a restart, when words may have been
 * lost, and now and then to repair what got lost otherwise. Doing them twice changes nothing. Pure.
 */
final class Implied {

  private Implied() {}

  /** What the coordinator does about a job in this state. */
  static List<CoordinatorEffect> of(CoordinationRow row, JobPlan plan) {
    List<CoordinatorEffect> effects = new ArrayList<>();
    if (row.status() == JobStatus.WAITING) {
      List<Party> missing = new ArrayList<>(plan.parties().all());
      missing.removeAll(row.created());
      PartyCommand again = new PartyCommand.RerunJob(row.jobId(), row.round(), row.waiting());
      missing.forEach(party -> effects.add(new CoordinatorEffect.Command(party, again)));
      if (missing.isEmpty()) {
        effects.add(new CoordinatorEffect.AskSlots());
      }
      return effects;
    }
    for (Party party : plan.parties().all()) {
      told(row, party).forEach(word -> effects.add(new CoordinatorEffect.Command(party, word)));
    }
    return effects;
  }

  /** All that a party may have missed of a job in this state, in order. */
  static List<PartyCommand> told(CoordinationRow row, Party party) {
    List<PartyCommand> words = new ArrayList<>();
    for (HeldTask held : row.tasks()) {
      if (held.status().terminal() && held.atParties().containsKey(party)) {
        words.add(new PartyCommand.TellTaskStatus(row.attempt(held), held.status(), row.cause()));
      }
    }
    words.addAll(live(row, party));
    return words;
  }

  /** What a party must know to do its part: where the job stands, and what it is to run. */
  static List<PartyCommand> live(CoordinationRow row, Party party) {
    List<PartyCommand> words = new ArrayList<>();
    if (row.status() == JobStatus.READY) {
      return words;
    }
    if (row.status() == JobStatus.WAITING && !row.created().contains(party)) {
      words.add(new PartyCommand.RerunJob(row.jobId(), row.round(), row.waiting()));
      return words;
    }
    if (row.status() == JobStatus.WAITING) {
      words.add(new PartyCommand.AskSlots(row.jobId(), row.round(), row.askRound()));
      return words;
    }
    words.add(
        new PartyCommand.TellJobStatus(
            row.jobId(), row.round(), row.status(), row.progress(), row.cause()));
    if (row.status() == JobStatus.RUNNING) {
      for (HeldTask held : row.tasks()) {
        TaskStatus part = held.atParties().get(party);
        if (part == TaskStatus.RUNNING && held.status() == TaskStatus.RUNNING) {
          words.add(new PartyCommand.StartTask(row.attempt(held)));
        } else if (part == TaskStatus.WAITING && held.version() > 0) {
          words.add(new PartyCommand.PrepareTask(row.attempt(held)));
        }
      }
    }
    return words;
  }

  /** What a party does about its part of a job in this state: ends that nobody confirmed. */
  static List<PartyEffect> of(PartyState state) {
    List<PartyEffect> effects = new ArrayList<>();
    for (TaskRow row : state.tasks()) {
      if (row.partyStatus().terminal() && !row.status().terminal()) {
        effects.add(PartyEffect.Report.of(row));
      }
    }
    return effects;
  }
}
