package io.fedflow.failure;

import java.util.List;
import java.util.stream.Collectors;

/** A document was refused; carries every problem found in it. */
public final class ProblemsException extends FedflowException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Refuses a document.
   *
   * @param problems at least one
   */
  public ProblemsException(List<Problem> problems) {
    super(
        FailureKind.INVALID,
        "document.invalid",
        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of discovery. */
  public List<Problem> problems() {
    return problems;
  }
}
