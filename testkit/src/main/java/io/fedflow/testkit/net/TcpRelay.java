package io.fedflow.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stands between a client and a server on this machine and passes on what they say, as badly as it
 * is told to: late, slowly, in pieces, not at all, or until it resets the connections. Listens on
 * loopback. Thread-safe; trouble changes for open connections too.
 */
public final class TcpRelay implements AutoCloseable {

  private static final int CONNECT_MILLIS = 10_000;
  private static final long NO_RESET = Long.MAX_VALUE;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<RelayedConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong resetAt = new AtomicLong(NO_RESET);
  private final Object change = new Object();
  private volatile Trouble trouble = Trouble.NONE;
  private volatile Supplier<Consumer<byte[]>> listening = () -> bytes -> {};
  private volatile boolean closed;

  private TcpRelay(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /**
   * Listens on a free port.
   *
   * @param targetPort where connections lead, on loopback; nobody needs to listen there yet
   */
  public static TcpRelay to(int targetPort) throws IOException {
    return listening(0, targetPort);
  }

  /** Listens on a given port; 0 for a free one. */
  public static TcpRelay listening(int port, int targetPort) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ServerSocket listener = new ServerSocket(port, 128, loopback);
    TcpRelay relay = new TcpRelay(listener, new InetSocketAddress(loopback, targetPort));
    Pump.daemon("relay-" + listener.getLocalPort(), relay::accept);
    return relay;
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What it does from now on. */
  public void trouble(Trouble next) {
    synchronized (change) {
      trouble = next;
      change.notifyAll();
    }
  }

  /**
   * Shows all bytes that pass, in the order in which each direction is read; called by many
   * threads.
   */
  public void listen(Consumer<byte[]> listener) {
    listenEach(() -> listener);
  }

  /**
   * Shows all bytes that pass from now on, each direction of a connection by itself.
   *
   * @param listeners asked for a listener for each direction; a listener is called by one thread
   */
  public void listenEach(Supplier<Consumer<byte[]>> listeners) {
    listening = listeners;
  }

  /** Resets all open connections now; new ones are taken. */
  public int reset() {
    int count = 0;
    for (RelayedConnection connection : Set.copyOf(open)) {
      connection.reset();
      count++;
    }
    return count;
  }

  /**
   * Lets all open connections look open for ever and passes nothing more on them, as when a
   * firewall forgot them; new connections work.
   */
  public void forget() {
    open.forEach(RelayedConnection::forget);
  }

  /** Resets all open connections once, when so many more bytes have passed over all of them. */
  public void resetAfter(long bytes) {
    resetAt.set(Math.addExact(passed.get(), bytes));
  }

  /** Whether a reset that was asked for by {@link #resetAfter} is still to come. */
  public boolean resetPending() {
    return resetAt.get() != NO_RESET;
  }

  /** How many connections it took. */
  public int accepted() {
    return accepted.get();
  }

  /** How many bytes passed, over all connections and both directions. */
  public long passed() {
    return passed.get();
  }

  /** Resets everything and listens no more. */
  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    reset();
    trouble(Trouble.NONE);
  }

  private void accept() {
    while (!closed) {
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException gone) {
        return;
      }
      accepted.incrementAndGet();
      // Connecting may take long: nobody else should wait for it.
      Pump.daemon("relay-connect", () -> connect(client));
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    RelayedConnection connection = new RelayedConnection(this, client, server);
    open.add(connection);
    try {
      server.connect(target, CONNECT_MILLIS);
      connection.start();
    } catch (IOException unreachable) {
      connection.reset();
    }
    if (closed) {
      connection.reset();
    }
  }

  void ended(RelayedConnection connection) {
    open.remove(connection);
  }

  Supplier<Consumer<byte[]>> listening() {
    return listening;
  }

  /** Waits while nothing may pass; gives the trouble that the next bytes have. */
  Trouble awaitPassage(RelayedConnection connection) throws InterruptedException {
    synchronized (change) {
      while ((trouble.stalled() || connection.forgotten()) && connection.alive()) {
        change.wait(TimeUnit.SECONDS.toMillis(1));
      }
      return trouble;
    }
  }

  Trouble trouble() {
    return trouble;
  }

  /** Counts bytes that passed, and resets if it is time. */
  void passed(int bytes) {
    long now = passed.addAndGet(bytes);
    long due = resetAt.get();
    if (now >= due && resetAt.compareAndSet(due, NO_RESET)) {
      reset();
    }
  }
}
