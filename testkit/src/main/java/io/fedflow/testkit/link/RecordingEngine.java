package io.fedflow.testkit.link;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
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
  private volatile BiFunction<Party, PartyQuestion, CompletionStage<PartyAnswer>> questions =
      (to, question) ->
          CompletableFuture.failedStage(
              new FedflowException(FailureKind.BUG, "test.question", "no question was expected"));

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

  @Override
  public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
    return questions.apply(to, question);
  }

  /** Sets what questions are answered with; refused with BUG until then. */
  public RecordingEngine questions(
      BiFunction<Party, PartyQuestion, CompletionStage<PartyAnswer>> how) {
    questions = how;
    return this;
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
