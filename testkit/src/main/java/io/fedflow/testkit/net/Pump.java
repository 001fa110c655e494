package io.fedflow.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One direction of a connection. A thread reads and marks every piece with the time at which it is
 * due, another writes them when it has come; so a delay is one of the way, not of the rate.
 */
final class Pump {

  private static final int PIECE = 64 * 1024;
  private static final int PIECES_UNDER_WAY = 256;

  private record Piece(byte[] bytes, long dueNanos) {}

  private static final Piece END = new Piece(new byte[0], 0);

  private final TcpRelay relay;
  private final RelayedConnection connection;
  private final Socket from;
  private final Socket to;
  private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(PIECES_UNDER_WAY);

  // Of the reading thread alone.
  private Supplier<Consumer<byte[]>> asked;
  private Consumer<byte[]> listener;

  Pump(TcpRelay relay, RelayedConnection connection, Socket from, Socket to) {
    this.relay = relay;
    this.connection = connection;
    this.from = from;
    this.to = to;
  }

  void start() {
    daemon("relay-read", this::read);
    daemon("relay-write", this::write);
  }

  static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    byte[] buffer = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, count);
        listener().accept(bytes);
        put(new Piece(bytes, System.nanoTime() + relay.trouble().delay().toNanos()));
      }
      put(END);
    } catch (IOException broken) {
      connection.reset();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who listens may change while the connection is open. */
  private Consumer<byte[]> listener() {
    Supplier<Consumer<byte[]>> now = relay.listening();
    if (now != asked) {
      asked = now;
      listener = now.get();
    }
    return listener;
  }

  /** A writer that is gone takes nothing more. */
  private void put(Piece piece) throws InterruptedException {
    while (connection.alive() && !underWay.offer(piece, 1, TimeUnit.SECONDS)) {
      // Full: the reader waits, and so does whoever sends.
    }
  }

  private void write() {
    try {
      OutputStream out = to.getOutputStream();
      while (connection.alive()) {
        Piece piece = underWay.poll(1, TimeUnit.SECONDS);
        if (piece == END) {
          relay.awaitPassage(connection);
          to.shutdownOutput();
          connection.drained();
          return;
        }
        if (piece != null) {
          pass(piece, out);
        }
      }
    } catch (IOException broken) {
      connection.reset();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Piece piece, OutputStream out) throws IOException, InterruptedException {
    until(piece.dueNanos);
    int sent = 0;
    while (sent < piece.bytes.length) {
      Trouble trouble = relay.awaitPassage(connection);
      int count = Math.min(piece.bytes.length - sent, atOnce(trouble));
      long began = System.nanoTime();
      out.write(piece.bytes, sent, count);
      out.flush();
      sent += count;
      relay.passed(count);
      if (trouble.bytesPerSecond() > 0) {
        until(began + TimeUnit.SECONDS.toNanos(1) * count / trouble.bytesPerSecond());
      }
    }
  }

  /** A tenth of a second's bytes at most, so that a throttled line flows evenly. */
  private static int atOnce(Trouble trouble) {
    long most = trouble.longestWrite() > 0 ? trouble.longestWrite() : PIECE;
    if (trouble.bytesPerSecond() > 0) {
      most = Math.min(most, Math.max(1, trouble.bytesPerSecond() / 10));
    }
    return (int) most;
  }

  private static void until(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
