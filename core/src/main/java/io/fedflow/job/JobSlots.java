package io.fedflow.job;

import io.fedflow.queue.SlotDecision;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** What this site does about the slots of its parties in one job. Thread-safe. */
final class JobSlots {

  private final JobShell shell;
  private final SlotDesk desk;
  private final JobOutbox outbox;

  JobSlots(JobShell shell, SlotDesk desk, JobOutbox outbox) {
    this.shell = shell;
    this.desk = desk;
    this.outbox = outbox;
  }

  /** The coordinator says that the job waits, and asks for the slots of all local parties. */
  CompletionStage<Void> asked(PartyCommand.AskSlots asked) {
    return shell.turn(
        () -> {
          Optional<JobRow> waiting =
              shell.views().stream()
                  .filter(job -> PartyMachine.notWaiting(job, asked.round()).isEmpty())
                  .findAny();
          if (waiting.isEmpty()) {
            return shell.ignored(
                "site", asked, "no party of it waits here in round " + asked.round());
          }
          // Who asks in a later round has returned what it held, though that word is not here yet;
          // it must be stored before somebody else gets it.
          boolean returned =
              shell.views().stream()
                  .anyMatch(job -> job.slotRound() > 0 && job.slotRound() < asked.askRound());
          return returned
              ? giveBack(asked.askRound() - 1).thenCompose(done -> ask(waiting.get(), asked))
              : ask(waiting.get(), asked);
        });
  }

  private CompletionStage<Void> ask(JobRow waiting, PartyCommand.AskSlots asked) {
    Optional<SlotDecision.Grant> grant =
        desk.ask(SlotDesk.rank(shell.plan(), waiting), asked.askRound());
    return shell
        .everyLocal(
            party ->
                new PartyEvent.SlotsAsked(
                    asked.round(),
                    asked.askRound(),
                    grant
                        .map(given -> OptionalInt.of(given.slots().getOrDefault(party, 0)))
                        .orElseGet(OptionalInt::empty)))
        .thenRun(() -> grant.ifPresent(this::tell));
  }

  /** The site granted the slots of the local parties after they waited. */
  void given(SlotDecision.Grant grant) {
    shell.turn(
        () ->
            // They may have been returned before the lane came to it.
            desk.holds(shell.jobId(), grant.round())
                ? shell
                    .everyLocal(
                        party ->
                            new PartyEvent.SlotsHeld(
                                grant.round(), grant.slots().getOrDefault(party, 0)))
                    .thenRun(() -> tell(grant))
                : shell.ignored("site", grant, "the slots were returned meanwhile"));
  }

  /** The coordinator returned slots. */
  CompletionStage<Void> returned(PartyCommand.ReturnSlots returned) {
    return shell.turn(() -> giveBack(returned.askRound()));
  }

  private CompletionStage<Void> giveBack(int askRound) {
    return shell
        .everyLocal(party -> new PartyEvent.SlotsReturned(askRound))
        .thenRun(() -> desk.returned(shell.jobId(), askRound));
  }

  /** The site needs the slots that the job holds and does not use yet. */
  void yieldWanted(int askRound) {
    shell.inLane(
        () ->
            shell.views().stream()
                .findAny()
                .ifPresent(
                    job ->
                        outbox
                            .sendOnce(
                                job.initiator(), new PartyCommand.AskYield(shell.jobId(), askRound))
                            .whenComplete(
                                (ok, failed) -> {
                                  if (failed != null) {
                                    desk.yieldFailed(shell.jobId(), askRound);
                                  }
                                })));
  }

  /** Tells the coordinator which slots this site keeps; it asks again if the word is lost. */
  private void tell(SlotDecision.Grant grant) {
    shell.views().stream()
        .findAny()
        .ifPresent(
            job ->
                outbox.tell(
                    job.initiator(),
                    new PartyCommand.SlotsGranted(shell.jobId(), grant.round(), grant.slots()),
                    lost -> {}));
  }
}
