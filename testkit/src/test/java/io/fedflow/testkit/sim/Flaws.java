package io.fedflow.testkit.sim;

import io.fedflow.component.TaskId;
import io.fedflow.job.ForwardingTaskRunner;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyEvent;
import io.fedflow.job.TaskRunner;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Timers;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.OutputData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The deliberate bugs: each makes the engine behave as one that was written wrongly. */
enum Flaws implements Flaw {
  /** The engine goes on before its turn is on the disk. */
  EFFECT_BEFORE_STORE(Check.STORED_FIRST) {
    @Override
    public JobStore store(JobStore store, Life life) {
      return committing(
          store,
          turn -> {
            store.commit(turn);
            return CompletableFuture.completedStage(null);
          });
    }
  },

  /** A part that is asked to start once more is started once more. */
  NON_IDEMPOTENT_START(Check.RUNS_ONCE) {
    private final Map<String, Runnable> starts = new HashMap<>();

    @Override
    public TaskRunner runner(TaskRunner runner, Life life) {
      return new ForwardingTaskRunner(runner) {
        @Override
        public void start(Work work, Consumer<PartyEvent> ended) {
          starts.put(
              work.task() + "@" + work.party(),
              () -> life.whileAlive(() -> super.start(work, ended)));
          super.start(work, ended);
        }
      };
    }

    @Override
    public PartyLink in(PartyLink engine, Life life) {
      return (to, command) -> {
        if (command instanceof PartyCommand.StartTask start) {
          starts.getOrDefault(start.task() + "@" + to, () -> {}).run();
        }
        return engine.send(to, command);
      };
    }
  },

  /** What is to be done again later is forgotten. */
  LOST_RETRY(Check.PROGRESS) {
    @Override
    public Timers timers(Timers timers, Life life) {
      return (millis, work) ->
          millis >= 1_000 && millis <= 5_000 ? () -> {} : timers.after(millis, work);
    }
  },

  /** A part that is to stop keeps its place. */
  RESOURCE_LEAK(Check.NO_LEAKS) {
    @Override
    public TaskRunner runner(TaskRunner runner, Life life) {
      return new ForwardingTaskRunner(runner) {
        @Override
        public void stop(TaskId task, Party party, String reason) {}
      };
    }
  },

  /** A party that reported an end reports another one. */
  DOUBLE_REPORT(Check.ONE_END) {
    @Override
    public PartyLink out(PartyLink link, Life life) {
      return (to, command) -> {
        CompletionStage<Void> sent = link.send(to, command);
        if (command instanceof PartyCommand.ReportTask report && report.status().good()) {
          link.send(
              to,
              new PartyCommand.ReportTask(
                  report.task(),
                  report.party(),
                  TaskStatus.FAILED,
                  "reported twice",
                  false,
                  report.traffic()));
        }
        return sent;
      };
    }
  },

  /** A report of an old attempt is taken for one of the next. */
  STALE_VERSION_ACCEPTED(Check.REPORTS_ARE_TRUE) {
    @Override
    public PartyLink in(PartyLink engine, Life life) {
      return (to, command) -> {
        CompletionStage<Void> taken = engine.send(to, command);
        if (command instanceof PartyCommand.ReportTask report) {
          TaskId task = report.task();
          TaskId next = new TaskId(task.jobId(), task.component(), task.version() + 1);
          engine.send(
              to,
              new PartyCommand.ReportTask(
                  next, report.party(), report.status(), report.cause(), false, report.traffic()));
        }
        return taken;
      };
    }
  },

  /** A job that ended well is made to have failed. */
  TERMINAL_OVERWRITTEN(Check.TERMINAL_STAYS) {
    @Override
    public JobStore store(JobStore store, Life life) {
      return committing(
          store,
          turn -> {
            Optional<JobRow> ended =
                turn.jobs().stream().filter(row -> row.status() == JobStatus.SUCCESS).findFirst();
            CompletionStage<Void> stored = store.commit(turn);
            ended.ifPresent(
                row ->
                    stored.thenRun(
                        () ->
                            store.commit(
                                new StoreTurn(
                                    row.jobId(),
                                    List.of(row.moved(JobStatus.FAILED, "late", row.updateTime())),
                                    List.of(),
                                    Optional.empty(),
                                    List.of()))));
            return stored;
          });
    }
  },

  /** The end of a part is not passed on. */
  MISSED_WAKE_UP(Check.PROGRESS) {
    @Override
    public TaskRunner runner(TaskRunner runner, Life life) {
      return new ForwardingTaskRunner(runner) {
        @Override
        public void start(Work work, Consumer<PartyEvent> ended) {
          boolean missed = work.task().component().equals("c1");
          super.start(work, missed ? end -> {} : ended);
        }
      };
    }
  },

  /** Whoever is asked for slots is taken to have granted them. */
  RUNS_WITHOUT_SLOTS(Check.SLOTS) {
    private final Map<Life, PartyLink> engines = new HashMap<>();

    @Override
    public PartyLink in(PartyLink engine, Life life) {
      engines.put(life, engine);
      return engine;
    }

    @Override
    public PartyLink out(PartyLink link, Life life) {
      return (to, command) -> {
        if (command instanceof PartyCommand.AskSlots ask) {
          engines
              .get(life)
              .send(to, new PartyCommand.SlotsGranted(ask.jobId(), ask.askRound(), Map.of(to, 1)));
        }
        return link.send(to, command);
      };
    }
  },

  /** An update is answered and not taken. */
  OLD_PARAMETERS(Check.PARAMETERS) {
    @Override
    public PartyLink in(PartyLink engine, Life life) {
      return (to, command) ->
          command instanceof PartyCommand.UpdateJob
              ? CompletableFuture.completedStage(null)
              : engine.send(to, command);
    }
  },

  /** What is inherited comes without its outputs. */
  EMPTY_INHERITANCE(Check.INHERITANCE) {
    @Override
    public TrackingStore tracking(TrackingStore store, Life life) {
      return new ForwardingTrackingStore(store) {
        @Override
        public CompletionStage<Void> putOutputs(
            TaskId task, Party party, List<OutputData> outputs) {
          return super.putOutputs(task, party, List.of());
        }
      };
    }
  },

  /** A clean is answered and not done. */
  UNCLEAN(Check.CLEANED) {
    @Override
    public TrackingStore tracking(TrackingStore store, Life life) {
      return new ForwardingTrackingStore(store) {
        @Override
        public CompletionStage<Void> clean(TaskId task, Party party) {
          return CompletableFuture.completedStage(null);
        }
      };
    }
  },

  /** Every table is believed to be listed by somebody else, too. */
  FORGOTTEN_TABLES(Check.OUTPUTS) {
    @Override
    public TrackingStore tracking(TrackingStore store, Life life) {
      return new ForwardingTrackingStore(store) {
        @Override
        public CompletionStage<Long> countOutputs(String namespace, String name) {
          return super.countOutputs(namespace, name).thenApply(users -> users + 1);
        }
      };
    }
  },

  /** A turn is answered and never stored. */
  LOST_WRITE(Check.REPLAY) {
    @Override
    public JobStore store(JobStore store, Life life) {
      return committing(
          store,
          turn ->
              turn.coordination().isPresent() && turn.coordination().get().revision() == 3
                  ? CompletableFuture.completedStage(null)
                  : store.commit(turn));
    }
  };

  private final Check catches;

  Flaws(Check catches) {
    this.catches = catches;
  }

  /** The check that finds it. */
  Check catches() {
    return catches;
  }

  private static JobStore committing(
      JobStore store, Function<StoreTurn, CompletionStage<Void>> commit) {
    return new ForwardingJobStore(store) {
      @Override
      public CompletionStage<Void> commit(StoreTurn turn) {
        return commit.apply(turn);
      }
    };
  }
}
