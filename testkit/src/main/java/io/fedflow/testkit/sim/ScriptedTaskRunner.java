package io.fedflow.testkit.sim;

import io.fedflow.component.TaskId;
import io.fedflow.data.TableEntry;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.job.PartyEvent;
import io.fedflow.job.TaskRunner;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.TableCatalog;
import io.fedflow.spi.TrackingStore;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Plays scripts instead of algorithms, on the agenda of its world instead of threads, with the
 * site's own mailboxes. Attempts of one task at one party follow each other. Not thread-safe.
 */
final class ScriptedTaskRunner implements TaskRunner {

  private static final int PAUSE_MILLIS = 100;
  private static final int SLOWEST_STOP_MILLIS = 500;
  private static final MessageTag WORD = MessageTag.of("word");

  /** Takes what tasks send. */
  interface Link {

    /** See {@link SeededNetwork#deliver}. */
    void deliver(Envelope envelope, BooleanSupplier wanted, Runnable arrived);
  }

  private record Key(TaskId task, Party party) {}

  private final Life life;
  private final ManualTime time;
  private final Chance chance;
  private final Mailboxes mailboxes;
  private final TrackingStore store;
  private final TableCatalog tables;
  private final Link link;
  private final ScriptBook scripts;
  private final Consumer<Work> begun;
  private final Map<Key, Part> parts = new LinkedHashMap<>();
  private final Set<String> ending = new HashSet<>();

  /**
   * A runner without work.
   *
   * @param tables where outputs are; asked while the process lives only
   * @param link takes what tasks send, and tells when it arrived
   * @param scripts what tasks do
   * @param begun is told of every part that really begins
   */
  ScriptedTaskRunner(
      Life life,
      ManualTime time,
      Chance chance,
      Mailboxes mailboxes,
      TrackingStore store,
      TableCatalog tables,
      Link link,
      ScriptBook scripts,
      Consumer<Work> begun) {
    this.life = life;
    this.time = time;
    this.chance = chance;
    this.mailboxes = mailboxes;
    this.store = store;
    this.tables = tables;
    this.link = link;
    this.scripts = scripts;
    this.begun = begun;
  }

  @Override
  public void start(Work work, Consumer<PartyEvent> ended) {
    Key key = new Key(work.task(), work.party());
    if (!life.calls() || parts.containsKey(key)) {
      return;
    }
    Part part = new Part(key, work, ended);
    boolean first = parts.keySet().stream().noneMatch(other -> sameTask(other, key));
    parts.put(key, part);
    if (first) {
      part.begin();
    }
  }

  private static boolean sameTask(Key one, Key other) {
    return one.party().equals(other.party())
        && one.task().component().equals(other.task().component())
        && one.task().jobId().equals(other.task().jobId());
  }

  @Override
  public void stop(TaskId task, Party party, String reason) {
    Part part = parts.get(new Key(task, party));
    if (life.calls() && part != null) {
      mailboxes.fail(
          task, party, new FedflowException(FailureKind.CANCELLED, "task.stopped", reason));
      part.stop(reason);
    }
  }

  @Override
  public void expect(String jobId) {
    ending.remove(jobId);
  }

  @Override
  public void forget(String jobId) {
    ending.add(jobId);
    sweep(jobId);
  }

  private void sweep(String jobId) {
    if (ending.contains(jobId)
        && parts.keySet().stream().noneMatch(key -> key.task().jobId().equals(jobId))
        && ending.remove(jobId)) {
      mailboxes.forget(jobId);
    }
  }

  @Override
  public void close() {
    List.copyOf(parts.values()).forEach(part -> part.stop("the site closes"));
  }

  /** A message reached the mailboxes. */
  void arrived(Envelope envelope) {
    Part part = parts.get(new Key(envelope.task(), envelope.to()));
    if (part != null && part.waits) {
      part.waits = false;
      life.executor().execute(part::go);
    }
  }

  /** The parts that run or wait for an older attempt to end, and with what. */
  List<String> running() {
    return parts.values().stream()
        .map(part -> part.key.task() + " at " + part.key.party() + " in " + part.current)
        .toList();
  }

  /** One part on its way through its script. */
  private final class Part {

    private final Key key;
    private final Work work;
    private final Consumer<PartyEvent> ended;
    private final Script script;
    private final Iterator<Script.Act> acts;
    private Script.Act current;
    private boolean playing;
    private boolean waits;
    private boolean stopped;
    private boolean over;
    private int sent;
    private int received;

    private Part(Key key, Work work, Consumer<PartyEvent> ended) {
      this.key = key;
      this.work = work;
      this.ended = ended;
      this.script = scripts.of(work);
      this.acts = script.of(key.party()).iterator();
    }

    private void begin() {
      playing = true;
      begun.accept(work);
      if (!stopped) {
        later(1, this::next);
      }
    }

    private void stop(String reason) {
      if (stopped) {
        return;
      }
      stopped = true;
      // Real tasks notice an interrupt when they come round to it.
      later(
          chance.between(0, SLOWEST_STOP_MILLIS),
          () -> end(TaskStatus.CANCELED, key.task().component() + " stopped: " + reason));
    }

    private void later(int millis, Runnable what) {
      // Not one of the engine's delays: those are counted.
      time.after(millis, () -> life.whileAlive(what));
    }

    private void next() {
      if (acts.hasNext()) {
        current = acts.next();
        go();
      } else if (script.hangs(key.party())) {
        current = null;
      } else if (script.fails(key.party())) {
        end(TaskStatus.FAILED, key.party() + " " + key.task().component() + ": as its script says");
      } else {
        end(TaskStatus.SUCCESS, "");
      }
    }

    private void go() {
      if (stopped || over) {
        return;
      }
      if (current instanceof Script.Work act) {
        later(act.millis(), this::nextUnlessStopped);
      } else if (current instanceof Script.Send act) {
        sent++;
        link.deliver(
            new Envelope(
                key.task(), key.party(), act.to(), tag(act.number()), Payload.ofLongs(sent)),
            () -> !stopped && !over,
            this::nextUnlessStopped);
      } else if (current instanceof Script.Receive act) {
        receive(act);
      } else if (current instanceof Script.Measure act) {
        write(() -> store.appendMetrics(List.of(point(act.key()))), () -> {});
      } else {
        OutputData output =
            new OutputData("data", key.task().toString(), key.party().toString(), 1);
        write(
            () -> store.putOutputs(key.task(), key.party(), List.of(output)),
            () -> tables.put(entry(output)));
      }
    }

    private TableEntry entry(OutputData output) {
      return new TableEntry(
          output.namespace(),
          output.name(),
          new TableSchema(TableKind.INSTANCE, "id", List.of(), ","),
          output.rowCount(),
          1,
          "table/" + key,
          "",
          0,
          "output",
          time.millis(),
          Map.of());
    }

    private void nextUnlessStopped() {
      if (!stopped && !over) {
        next();
      }
    }

    private MessageTag tag(int number) {
      return MessageTag.of(WORD.name(), number);
    }

    private MetricValue point(int number) {
      return new MetricValue(key.task(), key.party(), "train", "loss", number, 1.0, time.millis());
    }

    private void receive(Script.Receive act) {
      try {
        mailboxes.take(new Envelope.Key(key.task(), act.from(), key.party(), tag(act.number())), 0);
        received++;
        nextUnlessStopped();
      } catch (FedflowException notYet) {
        waits = true;
      } catch (InterruptedException impossible) {
        throw new IllegalStateException("nobody interrupts the only thread", impossible);
      }
    }

    private void write(Supplier<CompletionStage<Void>> how, Runnable then) {
      how.get()
          .whenComplete(
              (ok, failed) -> {
                if (stopped || over) {
                  return;
                }
                if (failed == null) {
                  then.run();
                  next();
                } else {
                  later(PAUSE_MILLIS, this::go);
                }
              });
    }

    private void end(TaskStatus status, String cause) {
      if (over) {
        return;
      }
      over = true;
      mailboxes.close(key.task(), key.party());
      parts.remove(key);
      sweep(key.task().jobId());
      ended.accept(
          new PartyEvent.TaskEnded(
              key.task(), status, cause, new Traffic(sent, 9L * sent, received, 9L * received)));
      beginSuccessor();
    }

    private void beginSuccessor() {
      List<Part> successors = new ArrayList<>(parts.values());
      for (Part other : successors) {
        if (sameTask(other.key, key) && !other.playing) {
          other.begin();
          return;
        }
      }
    }
  }
}
