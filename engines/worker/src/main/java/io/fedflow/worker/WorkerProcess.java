package io.fedflow.worker;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.TaskBody;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Table;
import io.fedflow.worker.Frames.Frame;
import io.fedflow.worker.Frames.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One part of a task in one process. Threads of the runner read what it says and prints and answer
 * its requests, while the part's own thread waits for the end: outputs, a failure, or the end of
 * the process, whichever comes first.
 */
final class WorkerProcess {

  /** What is in the pipes of a dead process is read at once; nothing new can come. */
  private static final long DRAIN_MILLIS = 1_000;

  private final WorkerSettings settings;
  private final TaskBody.Part part;
  private final TaskContext context;
  private final ExecutorService threads;
  private final long begun = System.nanoTime();
  private final Process process;
  private final Frames.Out out;
  private final Requests requests;
  private final OutputLines printed;
  private final CompletableFuture<TaskOutputs> end = new CompletableFuture<>();
  private final CompletableFuture<Void> said = new CompletableFuture<>();
  private final CompletableFuture<Void> silent = new CompletableFuture<>();
  private volatile boolean running;

  private WorkerProcess(
      WorkerSettings settings, TaskBody.Part part, ExecutorService threads, Process process) {
    this.settings = settings;
    this.part = part;
    this.context = part.context();
    this.threads = threads;
    this.process = process;
    this.out = new Frames.Out(process.getOutputStream());
    this.requests = new Requests(context, out, threads);
    this.printed = new OutputLines(line -> context.log().info(line));
  }

  /** Runs a part in a new process to its end, which is also that of the process. */
  static TaskOutputs run(WorkerSettings settings, TaskBody.Part part, ExecutorService threads)
      throws Exception {
    Process process;
    try {
      process = WorkerCommand.launch(settings);
    } catch (IOException failed) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "worker.start",
          "no worker process could be started: " + failed.getMessage(),
          failed);
    }
    return new WorkerProcess(settings, part, threads, process).run();
  }

  private TaskOutputs run() throws Exception {
    try {
      process.onExit().thenRun(this::exited);
      threads.execute(this::listen);
      threads.execute(
          () -> {
            printed.read(process.getErrorStream());
            silent.complete(null);
          });
      threads.execute(this::assign);
      TaskOutputs outputs = end.get();
      awaitSilence();
      return outputs;
    } catch (ExecutionException failed) {
      awaitSilence();
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    } catch (InterruptedException stopped) {
      askToStop();
      throw stopped;
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "task.no_thread",
          "this site has no thread for a worker process: " + noThread.getMessage(),
          noThread);
    } finally {
      process.destroyForcibly();
      requests.close();
    }
  }

  private void assign() {
    try {
      Assignment.of(part).write(out);
    } catch (IOException gone) {
      // The worker ended before it was told what to do; its exit tells why.
      return;
    } catch (RuntimeException | Error bug) {
      end.completeExceptionally(bug);
    }
  }

  /** Reads frames until the worker ended. */
  private void listen() {
    try {
      Frames.In in = new Frames.In(process.getInputStream());
      for (Frame frame = in.next(); frame != null; frame = in.next()) {
        handle(frame, in);
      }
    } catch (IOException cut) {
      if (process.isAlive()) {
        end.completeExceptionally(broken(cut.getMessage()));
      }
    } catch (RuntimeException | Error malformed) {
      end.completeExceptionally(broken(malformed.toString()));
    } finally {
      said.complete(null);
    }
  }

  private static FedflowException broken(String why) {
    return new FedflowException(
        FailureKind.BUG, "worker.protocol", "the worker process broke its protocol: " + why);
  }

  private void handle(Frame frame, Frames.In in) throws IOException {
    switch (frame.type()) {
      case OUTPUTS -> end.complete(outputs(frame.reader(), in));
      case FAILED -> end.completeExceptionally(failure(frame.reader()));
      default -> handle(frame);
    }
  }

  private void handle(Frame frame) throws IOException {
    Packet.Reader body = frame.reader();
    switch (frame.type()) {
      case RUNNING -> runs();
      case LOG -> log(body.text(), body.text());
      case METRIC -> metric(body);
      case META -> context.tracker().metricMeta(body.text(), body.text(), body.text(), body.map());
      case SUMMARY -> context.tracker().summary(body.map());
      case PROGRESS -> context.tracker().progress(body.real(), body.text());
      case SEND, RECEIVE, READ_TABLE, READ_OUTPUT, KEEP, RESTORE -> requests.take(frame);
      default -> throw new IOException("a frame of the type " + frame.type());
    }
  }

  private void runs() {
    running = true;
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    context.log().debug("worker process " + process.pid() + " runs after " + millis + " ms");
  }

  private void log(String level, String text) throws IOException {
    switch (level) {
      case "debug" -> context.log().debug(text);
      case "info" -> context.log().info(text);
      case "warning" -> context.log().warning(text);
      case "error" -> context.log().error(text);
      default -> throw new IOException("a line of the level " + level);
    }
  }

  private void metric(Packet.Reader body) {
    String namespace = body.text();
    String name = body.text();
    List<MetricPoint> points = new ArrayList<>();
    int count = body.count();
    for (int i = 0; i < count; i++) {
      points.add(new MetricPoint(body.tree(), body.tree()));
    }
    context.tracker().metric(namespace, name, points);
  }

  private TaskOutputs outputs(Packet.Reader body, Frames.In in) throws IOException {
    int count = body.integer();
    boolean hasModel = body.flag();
    List<Assignment.CacheName> caches = Assignment.readNames(body);
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tables.add(Assignment.readTable(in, this::handle));
    }
    Optional<ComponentModel> model =
        hasModel ? Optional.of(Assignment.readModel(in, this::handle)) : Optional.empty();
    return new TaskOutputs(tables, model, Assignment.readContents(caches, in, this::handle));
  }

  private static Exception failure(Packet.Reader body) {
    boolean known = body.flag();
    if (known) {
      return KnownFailure.read(body);
    }
    return new TaskBody.ComponentThrew(body.text(), body.text(), body.text());
  }

  /** The process ended; if it said nothing else to the end, then that is the end. */
  private void exited() {
    CompletableFuture.allOf(said, silent)
        .completeOnTimeout(null, DRAIN_MILLIS, TimeUnit.MILLISECONDS)
        .thenRun(() -> end.completeExceptionally(diagnosis(process.exitValue())));
  }

  private Exception diagnosis(int code) {
    if (!printed.outOfMemory().isEmpty()) {
      return new FedflowException(
          FailureKind.EXHAUSTED,
          "worker.memory",
          "the worker process ran out of memory"
              + printed.outOfMemory()
              + "; it may use "
              + settings.memory()
              + ", give tasks more or less data");
    }
    String exit = "worker process exited with " + code;
    if (code > 128) {
      return new TaskBody.ProcessLost(exit + " (ended by signal " + (code - 128) + ")");
    }
    return new FedflowException(
        FailureKind.BUG,
        "worker.exit",
        running || printed.last().isEmpty() ? exit : exit + ": " + printed.last());
  }

  /** Lets what the worker printed reach the log before the end is told. */
  private void awaitSilence() throws InterruptedException {
    // The handle kills and nothing else; the process would close its streams, unread or not.
    process.toHandle().destroyForcibly();
    await(silent, DRAIN_MILLIS);
  }

  private void askToStop() {
    try {
      // A worker that does not read would block this thread.
      threads.execute(this::cancel);
      await(process.onExit(), settings.grace().toMillis());
    } catch (RuntimeException | OutOfMemoryError noThread) {
      // Without a thread to ask it, the worker is killed at once.
      return;
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancel() {
    try {
      out.write(Type.CANCEL);
    } catch (IOException gone) {
      // It ended already, which is what was wanted.
      return;
    }
  }

  private static void await(CompletableFuture<?> stage, long millis) throws InterruptedException {
    try {
      stage.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException over) {
      // Whoever waits goes on without it.
      return;
    }
  }
}
