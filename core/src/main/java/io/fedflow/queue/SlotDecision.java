package io.fedflow.queue;

import io.fedflow.party.Party;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What followed from an operation of a {@link SlotLedger}; the caller acts upon it. Immutable.
 *
 * @param grants jobs that hold their slots from now on, in the order granted; one that held them
 *     already is named again if it asked again, since the first answer may be lost
 * @param yields jobs whose coordinator is to be asked to return its slots
 * @param ignored why the operation changed nothing; empty if it was in place
 */
public record SlotDecision(List<Grant> grants, List<Yield> yields, String ignored) {

  /** Nothing to do. */
  static final SlotDecision NONE = new SlotDecision(List.of(), List.of(), "");

  /** Copies the lists. */
  public SlotDecision {
    grants = List.copyOf(grants);
    yields = List.copyOf(yields);
  }

  static SlotDecision ignore(String why) {
    return new SlotDecision(List.of(), List.of(), why);
  }

  /** Tells whether there is nothing to act upon. */
  public boolean isEmpty() {
    return grants.isEmpty() && yields.isEmpty();
  }

  /**
   * All slots of one job at this site.
   *
   * @param jobId the job
   * @param round the round of asking that this answers
   * @param slots what each of the site's parties in the job got, in order of parties
   * @param waitedMillis how long it waited in the line
   * @param again it held them already and only asked again
   */
  public record Grant(
      String jobId, int round, Map<Party, Integer> slots, long waitedMillis, boolean again) {

    /** Copies the map. */
    public Grant {
      slots = java.util.Collections.unmodifiableMap(new TreeMap<>(slots));
    }
  }

  /**
   * A job that holds slots but does not run yet, in the way of one that comes before it.
   *
   * @param jobId the job that is to return its slots
   * @param round the round in which it got them; a coordinator that is past it ignores the request
   * @param forJob the job that needs them
   */
  public record Yield(String jobId, int round, SlotRank forJob) {}
}
