package io.fedflow.worker;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import io.fedflow.worker.Frames.Frame;
import io.fedflow.worker.Frames.Type;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The work of a worker process: reads what to run, runs it on the calling thread while another one
 * reads on, and gives what came of it.
 */
final class Worker {

  /** The end of a worker that nobody listens to any more. */
  private static final int ORPHAN = 3;

  private final Frames.In in;
  private final Frames.Out out;
  private final Thread runs = Thread.currentThread();
  private volatile boolean stopped;

  Worker(Frames.In in, Frames.Out out) {
    this.in = in;
    this.out = out;
  }

  /** Runs to the end; gives the exit code. */
  int run() {
    try {
      Frame first = in.next();
      if (first == null || first.type() != Type.START) {
        System.err.println("a worker is started by a server only");
        return 2;
      }
      Assignment assignment = Assignment.read(first.reader(), in, this::early);
      Answers answers = new Answers(out);
      listen(answers);
      give(assignment, answers);
      return 0;
    } catch (IOException gone) {
      System.err.println("the worker lost its server: " + gone.getMessage());
      return ORPHAN;
    }
  }

  /** What comes among the inputs. */
  private void early(Frame frame) throws IOException {
    if (frame.type() != Type.CANCEL) {
      throw new IOException("a frame of the type " + frame.type() + " among the inputs");
    }
    cancel();
  }

  private void cancel() {
    stopped = true;
    runs.interrupt();
  }

  private void listen(Answers answers) {
    Thread reader = new Thread(() -> readOn(answers), "fedflow-worker-reader");
    reader.setDaemon(true);
    reader.start();
  }

  /** Reads until the server closes or dies, with whom this process ends. */
  private void readOn(Answers answers) {
    try {
      for (Frame frame = in.next(); frame != null; frame = in.next()) {
        if (frame.type() == Type.CANCEL) {
          cancel();
        } else {
          answers.take(frame, in);
        }
      }
    } catch (IOException | RuntimeException broken) {
      System.err.println("the worker does not understand its server: " + broken);
    }
    Runtime.getRuntime().halt(ORPHAN);
  }

  private void give(Assignment assignment, Answers answers) throws IOException {
    TaskOutputs outputs;
    try (RemoteContext context = contextOf(assignment, answers)) {
      Component component = context.component();
      out.write(Type.RUNNING);
      outputs = component.run(context);
      // A component may leave its thread interrupted; that must not spoil what it gave.
      Thread.interrupted();
    } catch (InterruptedException ended) {
      failed(FedflowException.cancelled("stopped"));
      return;
    } catch (FedflowException failed) {
      failed(failed);
      return;
    } catch (Exception | Error bug) {
      threw(bug);
      return;
    }
    if (outputs == null) {
      failed(
          new FedflowException(
              FailureKind.BUG,
              "task.outputs",
              "the component " + assignment.module() + " gave null instead of outputs"));
    } else {
      send(outputs);
    }
  }

  private RemoteContext contextOf(Assignment assignment, Answers answers)
      throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("stopped before it began");
    }
    Component component =
        ComponentCatalog.discover()
            .find(assignment.module())
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "task.isolation",
                        "the worker process finds no module " + assignment.module()));
    return RemoteContext.of(component, assignment, answers, out);
  }

  private void send(TaskOutputs outputs) throws IOException {
    synchronized (out) {
      Packet.Writer packet =
          new Packet.Writer().integer(outputs.data().size()).flag(outputs.model().isPresent());
      Assignment.writeNames(packet, outputs.caches());
      out.write(Type.OUTPUTS, packet.bytes());
      for (Table table : outputs.data()) {
        Assignment.writeTable(out, table);
      }
      if (outputs.model().isPresent()) {
        Assignment.writeModel(out, outputs.model().get());
      }
      Assignment.writeContents(out, outputs.caches());
    }
  }

  private void failed(FedflowException failure) throws IOException {
    out.write(Type.FAILED, KnownFailure.write(new Packet.Writer().flag(true), failure).bytes());
  }

  private void threw(Throwable bug) throws IOException {
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    out.write(
        Type.FAILED,
        new Packet.Writer()
            .flag(false)
            .text(bug.getClass().getName())
            .text(String.valueOf(bug.getMessage()))
            .text(trace.toString())
            .bytes());
  }
}
