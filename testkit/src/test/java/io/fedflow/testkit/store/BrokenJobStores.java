package io.fedflow.testkit.store;

import io.fedflow.job.JobRow;
import io.fedflow.memory.MemoryStores;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Contracts run against job stores that each break one promise. Not run by themselves. */
final class BrokenJobStores {

  private BrokenJobStores() {}

  /** Passes everything on; the broken ones override one method. */
  private static class PassingOn extends ForwardingJobStore {

    private final Stores whole;

    PassingOn() {
      this(MemoryStores.create());
    }

    private PassingOn(Stores whole) {
      super(whole.jobs());
      this.whole = whole;
    }
  }

  private abstract static class Contract extends JobStoreContract {

    abstract PassingOn broken();

    @Override
    protected Stores open() {
      PassingOn store = broken();
      Stores whole = store.whole;
      return new Stores(
          store,
          whole.tracking(),
          whole.tables(),
          whole.models(),
          whole.blobs(),
          whole.servers(),
          () -> {});
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** J1: claims to be durable, but opens empty. */
  static class ForgetsAtRestart extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn();
    }

    @Override
    protected boolean durable() {
      return true;
    }
  }

  /** J2: stores the rows of jobs even if the rest of the turn is refused. */
  static class StoresHalfATurn extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> commit(StoreTurn turn) {
          StoreTurn jobs =
              new StoreTurn(turn.jobId(), turn.jobs(), List.of(), Optional.empty(), List.of());
          StoreTurn rest =
              new StoreTurn(
                  turn.jobId(), List.of(), turn.tasks(), turn.coordination(), turn.events());
          return real().commit(jobs).thenCompose(done -> real().commit(rest));
        }
      };
    }
  }

  /** J3: takes refused turns for stored ones. */
  static class IgnoresRevisions extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> commit(StoreTurn turn) {
          return real().commit(turn).exceptionally(refused -> null);
        }
      };
    }
  }

  /** J4: acknowledges a turn of tasks before it can be read. */
  static class AnswersTooEarly extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> commit(StoreTurn turn) {
          return turn.tasks().isEmpty()
              ? real().commit(turn)
              : CompletableFuture.completedStage(null);
        }
      };
    }
  }

  /** J5: loses the last of several events. */
  static class LosesTheTail extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> commit(StoreTurn turn) {
          int last = Math.max(Math.min(1, turn.events().size()), turn.events().size() - 1);
          return real()
              .commit(
                  new StoreTurn(
                      turn.jobId(),
                      turn.jobs(),
                      turn.tasks(),
                      turn.coordination(),
                      turn.events().subList(0, last)));
        }
      };
    }
  }

  /** J6: answers null for what is not there. */
  static class AnswersNull extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<List<JobRow>> jobs(JobQuery query) {
          return real().jobs(query).thenApply(rows -> rows.isEmpty() ? null : rows);
        }
      };
    }
  }

  /** J7: drops events that exist already instead of refusing their turn. */
  static class SwallowsTakenSequences extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> commit(StoreTurn turn) {
          List<Long> taken =
              real().events(turn.jobId(), 0, 10_000).toCompletableFuture().join().stream()
                  .map(JobEvent::sequence)
                  .toList();
          return real()
              .commit(
                  new StoreTurn(
                      turn.jobId(),
                      turn.jobs(),
                      turn.tasks(),
                      turn.coordination(),
                      turn.events().stream().filter(e -> !taken.contains(e.sequence())).toList()));
        }
      };
    }
  }

  /** J8: drops the event after the last one to be dropped as well. */
  static class DropsOneTooMany extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> dropEvents(String jobId, long upTo) {
          return real().dropEvents(jobId, upTo + 1);
        }
      };
    }
  }

  /** J8: keeps what is to be dropped. */
  static class DropsNothing extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> dropEvents(String jobId, long upTo) {
          return CompletableFuture.completedStage(null);
        }
      };
    }
  }

  /** J10: counts what it shows. */
  static class CountsThePage extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<JobPage> search(JobSearch search) {
          return real()
              .search(search)
              .thenApply(page -> new JobPage(page.rows(), page.rows().size()));
        }
      };
    }
  }

  /** J9: stores turns without their log lines. */
  static class LosesLines extends Contract {
    @Override
    PassingOn broken() {
      return new PassingOn() {
        @Override
        public CompletionStage<Void> commit(StoreTurn turn) {
          return real()
              .commit(
                  new StoreTurn(
                      turn.jobId(), turn.jobs(), turn.tasks(), turn.coordination(), turn.events()));
        }
      };
    }
  }
}
