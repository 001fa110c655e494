package io.fedflow.testkit.link;

import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An engine that notes what arrives, in order, and answers as told. Thread-safe. */
public final class RecordingEngine implements PartyLink {

  /**
   * What arrived.
   *
   * @param to whom it was for
   * @param command what it was
   */
  public record Arrival(Party to, PartyCommand command) {}

  private final List<Arrival> arrivals = new ArrayList<>();
  private final Function<PartyCommand, CompletionStage<Void>> answers;

  private RecordingEngine(Function<PartyCommand, CompletionStage<Void>> answers) {
    this.answers = answers;
  }

  /** An engine that accepts everything at once. */
  public static RecordingEngine accepting() {
    return answering(command -> CompletableFuture.completedStage(null));
  }

  /** An engine that answers as {@code answers} says; arrivals are noted before. */
  public static RecordingEngine answering(Function<PartyCommand, CompletionStage<Void>> answers) {
    return new RecordingEngine(answers);
  }

  @Override
  public CompletionStage<Void> send(Party to, PartyCommand command) {
    synchronized (this) {
      arrivals.add(new Arrival(to, command));
    }
    return answers.apply(command);
  }

  /** Everything that arrived so far. */
  public synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** The commands about one job that arrived so far. */
  public List<PartyCommand> about(String jobId) {
    return arrivals().stream()
        .map(Arrival::command)
        .filter(command -> command.jobId().equals(jobId))
        .toList();
  }
}
