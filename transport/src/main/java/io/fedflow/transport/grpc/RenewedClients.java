package io.fedflow.transport.grpc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client whose connections show the certificate that is in use: after a replacement there is
 * another one, and the old one ends when its calls had time to. Thread-safe.
 *
 * @param <C> the kind of client
 */
final class RenewedClients<C> {

  /** What is not done by then goes on over a new connection. */
  private static final long OLD_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final Vertx vertx;
  private final LinkSecurity security;
  private final Supplier<C> making;
  private final Function<C, Future<Void>> closing;
  private final List<C> old = new ArrayList<>();
  private C current;
  private int identity;

  /**
   * Clients as they are needed.
   *
   * @param making makes one that shows the certificate in use
   * @param closing ends one
   */
  RenewedClients(
      Vertx vertx, LinkSecurity security, Supplier<C> making, Function<C, Future<Void>> closing) {
    this.vertx = vertx;
    this.security = security;
    this.making = making;
    this.closing = closing;
    this.identity = security.replaced();
    this.current = making.get();
  }

  /** The client for a new call. */
  synchronized C get() {
    int now = security.replaced();
    if (now != identity) {
      identity = now;
      C before = current;
      old.add(before);
      current = making.get();
      vertx.setTimer(OLD_MILLIS, id -> end(before));
    }
    return current;
  }

  private synchronized void end(C before) {
    if (old.remove(before)) {
      closing.apply(before);
    }
  }

  /** Ends all. */
  synchronized Future<Void> close() {
    List<C> all = new ArrayList<>(old);
    all.add(current);
    old.clear();
    return Future.all(all.stream().map(closing).toList()).mapEmpty();
  }
}
