package io.fedflow.worker;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.TaskContext;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.model.ModelFile;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.worker.Frames.Frame;
import io.fedflow.worker.Frames.Type;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Answers what a worker asks of its server, each request on a thread of its own, since most of them
 * wait for something. Thread-safe.
 */
final class Requests {

  /** More than any component waits for at once. */
  private static final int MOST = 256;

  private final TaskContext context;
  private final Frames.Out out;
  private final ExecutorService threads;
  private final Set<Future<?>> open = ConcurrentHashMap.newKeySet();
  private boolean closed;

  Requests(TaskContext context, Frames.Out out, ExecutorService threads) {
    this.context = context;
    this.out = out;
    this.threads = threads;
  }

  /** Takes a request; never blocks on its work. */
  void take(Frame frame) throws IOException {
    Packet.Reader request = frame.reader();
    long id = request.number();
    if (open.size() >= MOST) {
      refuse(
          id,
          new FedflowException(
              FailureKind.EXHAUSTED,
              "worker.requests",
              "the component waits for " + MOST + " things at once, which is the most"));
      return;
    }
    FutureTask<Void> work =
        new FutureTask<>(() -> answer(id, frame.type(), request), null) {
          @Override
          protected void done() {
            open.remove(this);
          }
        };
    synchronized (this) {
      if (closed) {
        return;
      }
      open.add(work);
    }
    try {
      threads.execute(work);
    } catch (RuntimeException | OutOfMemoryError refused) {
      open.remove(work);
      refuse(
          id,
          new FedflowException(
              FailureKind.UNAVAILABLE,
              "task.no_thread",
              "this site has no thread for a request of the component"));
    }
  }

  private void answer(long id, Type type, Packet.Reader request) {
    try {
      perform(id, type, request);
    } catch (IOException gone) {
      // Nobody is left to answer; the end of the worker is noticed where its process is.
      return;
    } catch (InterruptedException stopped) {
      tryRefuse(id, FedflowException.cancelled("the task was stopped"));
    } catch (FedflowException refused) {
      tryRefuse(id, refused);
    } catch (RuntimeException | Error bug) {
      tryRefuse(id, new FedflowException(FailureKind.BUG, "worker.request", bug.toString(), bug));
    }
  }

  private void perform(long id, Type type, Packet.Reader request)
      throws IOException, InterruptedException {
    switch (type) {
      case SEND -> {
        Party to = request.party();
        MessageTag tag = request.tag();
        context.federation().send(to, tag, request.payload());
        out.write(Type.ANSWER, id(id));
      }
      case RECEIVE -> {
        Payload payload = context.federation().receive(request.party(), request.tag());
        byte[] head = new Packet.Writer().number(id).integer(payload.format().ordinal()).bytes();
        out.write(Type.ANSWER, head, payload.bytes());
      }
      case READ_TABLE -> table(id, context.tables().read(request.text(), request.text()));
      case READ_OUTPUT ->
          table(id, context.tables().readOutput(request.text(), request.text(), request.text()));
      case KEEP -> {
        context.checkpoint(request.integer(), request.rest());
        out.write(Type.ANSWER, id(id));
      }
      case KEEP_MODEL -> {
        context.keepModel(request.integer(), request.text(), ModelFile.read(request.rest()));
        out.write(Type.ANSWER, id(id));
      }
      case RESTORE -> restore(id);
      default -> throw new IOException("a request of the type " + type);
    }
  }

  private void restore(long id) throws IOException {
    Optional<Checkpoint> restored = context.restored();
    Packet.Writer head = new Packet.Writer().number(id).flag(restored.isPresent());
    if (restored.isPresent()) {
      out.write(Type.ANSWER, head.integer(restored.get().step()).bytes(), restored.get().state());
    } else {
      out.write(Type.ANSWER, head.bytes());
    }
  }

  /** Tables come one at a time: their pieces do not tell which table they are of. */
  private void table(long id, Table table) throws IOException {
    synchronized (out) {
      out.write(Type.TABLE, id(id));
      Assignment.writeTable(out, table);
    }
  }

  private void tryRefuse(long id, FedflowException why) {
    try {
      refuse(id, why);
    } catch (IOException gone) {
      // As above: nobody is left to answer.
    }
  }

  private void refuse(long id, FedflowException why) throws IOException {
    out.write(
        Type.REFUSAL,
        new Packet.Writer()
            .number(id)
            .integer(why.kind().ordinal())
            .text(why.code())
            .text(String.valueOf(why.getMessage()))
            .bytes());
  }

  private static byte[] id(long id) {
    return new Packet.Writer().number(id).bytes();
  }

  /** Ends every request that still waits. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    open.forEach(request -> request.cancel(true));
  }
}
