package io.fedflow.testkit.runner;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.AttemptRunner;
import io.fedflow.job.ForwardingTaskRunner;
import io.fedflow.job.InProcessTaskRunner;
import io.fedflow.job.PartyEvent;
import io.fedflow.job.TaskArtifacts;
import io.fedflow.job.TaskBody;
import io.fedflow.job.TaskCheckpoints;
import io.fedflow.job.TaskExecution;
import io.fedflow.job.TaskRunner;
import io.fedflow.job.TaskStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runners that break one promise each. */
final class BrokenRunners {

  private BrokenRunners() {}

  private static TaskRunner sound(RunnerParts parts) {
    return new InProcessTaskRunner(parts.execution(), parts.mailboxes(), parts.threads());
  }

  private static TaskRunner sound(RunnerParts parts, TaskBody body) {
    return new AttemptRunner(
        parts.execution(), body, TaskRunner.Capabilities.NONE, parts.mailboxes(), parts.threads());
  }

  static class StartsTwice extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      TaskRunner second = sound(parts);
      Set<TaskId> started = ConcurrentHashMap.newKeySet();
      return new ForwardingTaskRunner(sound(parts)) {
        @Override
        public void start(Work work, Consumer<PartyEvent> ended) {
          (started.add(work.task()) ? real() : second).start(work, ended);
        }

        @Override
        public void close() {
          real().close();
          second.close();
        }
      };
    }
  }

  static class TellsEndsTwice extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      return new ForwardingTaskRunner(sound(parts)) {
        @Override
        public void start(Work work, Consumer<PartyEvent> ended) {
          real()
              .start(
                  work,
                  end -> {
                    ended.accept(end);
                    ended.accept(end);
                  });
        }
      };
    }
  }

  static class LosesModels extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      return sound(
          parts,
          part -> {
            return new TaskOutputs(TaskBody.HERE.run(part).data(), Optional.empty());
          });
    }
  }

  static class ForgetsTheReason extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      return new ForwardingTaskRunner(sound(parts)) {
        @Override
        public void stop(TaskId task, Party party, String reason) {
          real().stop(task, party, "");
        }
      };
    }
  }

  static class DoesNotFence extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      Map<TaskId, Consumer<PartyEvent>> open = new ConcurrentHashMap<>();
      return new ForwardingTaskRunner(sound(parts)) {
        @Override
        public void start(Work work, Consumer<PartyEvent> ended) {
          open.putIfAbsent(work.task(), ended);
          real().start(work, end -> tell((PartyEvent.TaskEnded) end, open));
        }

        @Override
        public void stop(TaskId task, Party party, String reason) {
          tell(
              new PartyEvent.TaskEnded(
                  task, TaskStatus.CANCELED, party + " " + reason, new Traffic(0, 0, 0, 0)),
              open);
        }
      };
    }

    private static void tell(PartyEvent.TaskEnded end, Map<TaskId, Consumer<PartyEvent>> open) {
      Consumer<PartyEvent> ended = open.remove(end.task());
      if (ended != null) {
        ended.accept(end);
      }
    }
  }

  static class Overlaps extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      TaskRunner second = sound(parts);
      return new ForwardingTaskRunner(sound(parts)) {
        @Override
        public void start(Work work, Consumer<PartyEvent> ended) {
          TaskId task = work.task();
          if (task.version() == 0) {
            real().start(work, ended);
          } else {
            real()
                .stop(
                    new TaskId(task.jobId(), task.component(), 0),
                    work.party(),
                    "a later one began");
            second.start(work, ended);
          }
        }

        @Override
        public void close() {
          real().close();
          second.close();
        }
      };
    }
  }

  static class HidesStrays extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      return new ForwardingTaskRunner(sound(parts)) {
        @Override
        public List<Stray> strays() {
          return List.of();
        }
      };
    }
  }

  static class LosesCheckpoints extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      TaskExecution good = parts.execution();
      TaskArtifacts artifacts = good.artifacts();
      TaskExecution forgetful =
          new TaskExecution(
              good.catalog(),
              new TaskArtifacts(
                  artifacts.data(),
                  artifacts.models(),
                  artifacts.tracking(),
                  artifacts.store(),
                  new TaskCheckpoints(new NoBlobs()),
                  artifacts.caches()),
              good.store(),
              good.tracking(),
              good.link(),
              good.mailboxes(),
              good.compute(),
              good.parallelism(),
              good.clock(),
              good.entropy(),
              good.siteKey(),
              good.receiveTimeout(),
              good.retries(),
              good.folder());
      return sound(new RunnerParts(forgetful, parts.mailboxes(), parts.threads()));
    }
  }

  private static final class NoBlobs implements BlobStore {
    private final BlobStore empty = MemoryStores.create().blobs();

    @Override
    public void write(String key, Content content) {}

    @Override
    public InputStream read(String key) throws IOException {
      return empty.read(key);
    }

    @Override
    public void delete(String key) {}
  }

  static class SwallowsErrors extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      return sound(
          parts,
          part -> {
            try {
              return TaskBody.HERE.run(part);
            } catch (AssertionError swallowed) {
              return TaskOutputs.none();
            }
          });
    }
  }

  /** Gives components a folder that nobody knows of. */
  static class LeavesFiles extends TaskRunnerContract {
    @Override
    protected TaskRunner newRunner(RunnerParts parts) {
      return sound(
          parts,
          part ->
              TaskBody.HERE.run(
                  new TaskBody.Part(
                      part.component(), part.module(), part.given(), elsewhere(part.context()))));
    }

    private static TaskContext elsewhere(TaskContext context) {
      Path folder = Path.of("target", "elsewhere-" + UUID.randomUUID());
      return (TaskContext)
          Proxy.newProxyInstance(
              TaskContext.class.getClassLoader(),
              new Class<?>[] {TaskContext.class},
              (proxy, method, given) -> {
                try {
                  return method.getName().equals("scratch")
                      ? folder
                      : method.invoke(context, given);
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
              });
    }
  }
}
