package io.fedflow.testkit.sim;

/** A world in which something did not hold: tells seed, how to see it again, and the story. */
public final class SimulationFailure extends AssertionError {

  private static final long serialVersionUID = 1L;
  private static final int MOST_LINES = 2_000;

  private final Check check;
  private final long seed;

  SimulationFailure(Check check, long seed, String found, Story story, Throwable cause) {
    super(
        "seed "
            + seed
            + ": "
            + check.sentence()
            + " ("
            + check
            + "), but "
            + found
            + "\nsee it again: "
            + command(seed)
            + "\nits story:\n"
            + story.text(MOST_LINES),
        cause);
    this.check = check;
    this.seed = seed;
  }

  private static String command(long seed) {
    return "./mvnw -pl testkit -am test -Dtest=SimulationTest -Dsimulation.first="
        + seed
        + " -Dsimulation.seeds=1 -Dsurefire.failIfNoSpecifiedTests=false";
  }

  /** What did not hold. */
  public Check check() {
    return check;
  }

  /** Which world. */
  public long seed() {
    return seed;
  }
}
