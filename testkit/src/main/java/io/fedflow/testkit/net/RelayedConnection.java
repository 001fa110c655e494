package io.fedflow.testkit.net;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through a relay: a socket at each side and a pump for each direction. */
final class RelayedConnection {

  private final TcpRelay relay;
  private final Socket client;
  private final Socket server;
  private final AtomicInteger flowing = new AtomicInteger(2);
  private volatile boolean alive = true;
  private volatile boolean forgotten;

  RelayedConnection(TcpRelay relay, Socket client, Socket server) {
    this.relay = relay;
    this.client = client;
    this.server = server;
  }

  void start() throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    new Pump(relay, this, client, server).start();
    new Pump(relay, this, server, client).start();
  }

  boolean alive() {
    return alive;
  }

  /** Passes nothing more, but stays open until somebody resets it. */
  void forget() {
    forgotten = true;
  }

  boolean forgotten() {
    return forgotten;
  }

  /** One direction came to its end in order. */
  void drained() {
    if (flowing.decrementAndGet() == 0) {
      close(false);
    }
  }

  /** Breaks both sides with a reset, whatever is under way. */
  void reset() {
    close(true);
  }

  private void close(boolean abruptly) {
    alive = false;
    for (Socket socket : new Socket[] {client, server}) {
      try {
        if (abruptly) {
          // With nothing to linger for, the kernel sends a reset.
          socket.setSoLinger(true, 0);
        }
        socket.close();
      } catch (IOException gone) {
        // Closed is what it should be.
      }
    }
    relay.ended(this);
  }
}
