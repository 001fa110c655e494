package io.fedflow.worker;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import io.fedflow.worker.Frames.Frame;
import io.fedflow.worker.Frames.Type;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** The worker's requests to its server, and the answers as they come in. Thread-safe. */
final class Answers {

  private final Frames.Out out;
  private final AtomicLong last = new AtomicLong();
  private final Map<Long, CompletableFuture<Object>> waiting = new ConcurrentHashMap<>();

  Answers(Frames.Out out) {
    this.out = out;
  }

  /**
   * Asks and waits.
   *
   * @return a {@link Packet.Reader} of the answer
   * @throws FedflowException what the server refused it with
   */
  Packet.Reader ask(Type type, Packet.Writer head, byte[] tail) throws InterruptedException {
    return (Packet.Reader) request(type, head, tail);
  }

  /** Asks for a table and waits. */
  Table askTable(Type type, Packet.Writer head) {
    try {
      return (Table) request(type, head, new byte[0]);
    } catch (InterruptedException stopped) {
      // Tables are read by methods that know no interruption: the next one that does will see it.
      Thread.currentThread().interrupt();
      throw FedflowException.cancelled("the task was stopped while it read a table");
    }
  }

  private Object request(Type type, Packet.Writer head, byte[] tail) throws InterruptedException {
    long id = last.incrementAndGet();
    CompletableFuture<Object> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      out.write(type, new Packet.Writer().number(id).bytes(), head.bytes(), tail);
      return answer.get();
    } catch (IOException gone) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE, "worker.server", "the server is gone: " + gone.getMessage());
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof FedflowException known) {
        throw known;
      }
      throw new IllegalStateException(refused.getCause());
    } finally {
      waiting.remove(id);
    }
  }

  /**
   * Takes an answer.
   *
   * @param in where the pieces of a table follow
   */
  void take(Frame frame, Frames.In in) throws IOException {
    Packet.Reader body = frame.reader();
    switch (frame.type()) {
      case ANSWER -> complete(body.number(), body);
      case TABLE -> {
        long id = body.number();
        complete(id, Assignment.readTable(in, other -> take(other, in)));
      }
      case REFUSAL -> {
        CompletableFuture<Object> answer = waiting.get(body.number());
        if (answer != null) {
          answer.completeExceptionally(
              new FedflowException(FailureKind.values()[body.integer()], body.text(), body.text()));
        }
      }
      default -> throw new IOException("a frame of the type " + frame.type());
    }
  }

  private void complete(long id, Object value) {
    CompletableFuture<Object> answer = waiting.get(id);
    if (answer != null) {
      answer.complete(value);
    }
  }
}
