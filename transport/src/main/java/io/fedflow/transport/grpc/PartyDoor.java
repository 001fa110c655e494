package io.fedflow.transport.grpc;

import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/** Where commands of other sites come in, with who sends them. Thread-safe; never blocks. */
public interface PartyDoor {

  /**
   * Takes a command.
   *
   * @param from who sends it
   * @param to a party of this site
   * @return completes once it was done; fails with why not
   */
  CompletionStage<Void> send(Sender from, Party to, PartyCommand command);

  /** Hears of a command that was refused because its sender may not send it. */
  default void refused(Sender from, Party to, PartyCommand command, String reason) {
    // Who wants to know overrides it.
  }

  /**
   * Hears of something else that was refused because its sender may not send it.
   *
   * @param kind {@code question} or {@code message}
   * @param jobId the job that it names
   */
  default void refused(Sender from, Party to, String kind, String jobId, String reason) {
    // Who wants to know overrides it.
  }

  /** Passes commands on, whoever sends them. */
  static PartyDoor to(PartyLink engine) {
    return (from, to, command) -> engine.send(to, command);
  }

  /**
   * A site that sends a command.
   *
   * @param partyIds the parties that it says it speaks for
   * @param identity what its certificate says; empty without TLS, where nothing is proved
   */
  record Sender(Set<String> partyIds, String identity) {

    /** Copies the set, sorted. */
    public Sender {
      partyIds = java.util.Collections.unmodifiableSet(new TreeSet<>(partyIds));
    }
  }
}
