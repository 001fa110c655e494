package io.fedflow.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the ledger once more, for one party per job, by plain loops over all jobs. */
final class NaiveSlots {

  enum State {
    DECLARED,
    WAITING,
    HOLDING,
    RUNNING
  }

  static final class Job {
    final SlotRank rank;
    final int slots;
    State state = State.DECLARED;
    boolean unapproved;
    boolean deaf;
    boolean asked;
    int passed;
    int round;

    Job(SlotRank rank, int slots) {
      this.rank = rank;
      this.slots = slots;
    }

    boolean holds() {
      return state == State.HOLDING || state == State.RUNNING;
    }
  }

  final Map<String, Job> jobs = new TreeMap<>();
  final List<String> granted = new ArrayList<>();
  final List<String> yields = new ArrayList<>();
  int capacity;
  boolean paused;

  NaiveSlots(int capacity) {
    this.capacity = capacity;
  }

  int held() {
    return jobs.values().stream().filter(Job::holds).mapToInt(job -> job.slots).sum();
  }

  Job first(int atMost) {
    return jobs.values().stream()
        .filter(job -> job.state == State.WAITING && !job.unapproved && job.slots <= atMost)
        .min(Comparator.comparing(job -> job.rank))
        .orElse(null);
  }

  void settle() {
    granted.clear();
    yields.clear();
    while (!paused) {
      Job first = first(capacity);
      int free = Math.max(0, capacity - held());
      if (first == null) {
        return;
      }
      Job next = first;
      if (first.slots > free) {
        boolean keep = wound(first) || first.passed >= SlotLedger.MOST_PASSED;
        next = first(keep ? 0 : free);
        if (next == null) {
          return;
        }
        first.passed += next.slots > 0 ? 1 : 0;
      }
      next.state = State.HOLDING;
      next.asked = false;
      next.deaf = false;
      next.passed = 0;
      granted.add(next.rank.jobId());
    }
  }

  private boolean wound(Job first) {
    int missing = first.slots - (capacity - held());
    List<Job> lesser =
        new ArrayList<>(
            jobs.values().stream()
                .filter(j -> j.state == State.HOLDING && !j.deaf && j.slots > 0)
                .filter(j -> first.rank.isBefore(j.rank))
                .sorted(
                    Comparator.comparing((Job j) -> !j.asked)
                        .thenComparing(j -> j.rank, Comparator.reverseOrder()))
                .toList());
    if (lesser.stream().mapToInt(j -> j.slots).sum() < missing) {
      return false;
    }
    for (Job job : lesser) {
      if (missing > 0) {
        missing -= job.slots;
        if (!job.asked) {
          job.asked = true;
          yields.add(job.rank.jobId());
        }
      }
    }
    return true;
  }
}
