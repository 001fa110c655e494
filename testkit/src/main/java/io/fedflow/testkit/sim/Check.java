package io.fedflow.testkit.sim;

/** What must hold in every simulated world. */
public enum Check {
  /** One attempt runs at most once at a party, and one attempt of a task at a time. */
  RUNS_ONCE("no task runs twice in one version at a party"),
  /** What ended stays as it ended. */
  TERMINAL_STAYS("terminal states never change, except by a rerun"),
  /** What others are told, and what runs, is stored before. */
  STORED_FIRST("effects follow what is stored"),
  /** A party reports one end of an attempt, however often. */
  ONE_END("an attempt has one end"),
  /** The coordinator counts an end of a part only if that party stored it for that attempt. */
  REPORTS_ARE_TRUE("the coordinator believes of an attempt only what its party stored"),
  /** What is in memory is what a restart would read; the events tell the same. */
  REPLAY("replayed state equals live state"),
  /** Slots are what keeps a site from taking on too much. */
  SLOTS("a part runs only in a slot, and no more slots are held than the site has"),
  /** Every party ends in the coordinator's state. */
  AGREEMENT("all parties end in the same state"),
  /** Nothing is forgotten. */
  PROGRESS("every job ends or waits for a named thing"),
  /** Nothing is left of what ended. */
  NO_LEAKS("resources return to zero"),
  /** Other parameters reach every part, or none. */
  PARAMETERS("after an update a run has the new parameters at all parties, or the old ones"),
  /** What is taken over is what was there. */
  INHERITANCE("what is inherited never runs, and its outputs are the source's"),
  /** What was cleaned is gone. */
  CLEANED("a cleaned job leaves no outputs, and never comes back"),
  /** No table is lost, none is forgotten. */
  OUTPUTS("a part finds what it reads, every table is listed, and what is listed is there"),
  /** A job ends as it was written. */
  OUTCOME("with faults that heal, every job ends as it would without them"),
  /** The engine never throws into its executor. */
  NO_BUGS("nothing is thrown that nobody expects");

  private final String sentence;

  Check(String sentence) {
    this.sentence = sentence;
  }

  /** What it says. */
  public String sentence() {
    return sentence;
  }
}
