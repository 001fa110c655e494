package io.fedflow.spi;

import io.fedflow.party.Party;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Notices whether the sites of other parties answer, while somebody cares: a task that waits for a
 * message hears nothing from a site that is gone, nor from one that computes. Thread-safe; never
 * blocks.
 *
 * <p>Promises: W1 a site that stops to answer is told within a bound of the implementation's, and
 * so is one that answers again; W2 nothing is told twice in a row, nor after the end of the watch.
 */
@FunctionalInterface
public interface PeerWatch {

  /** Notices nothing: everybody lives in this process, or the links have no means. */
  PeerWatch NONE = (party, told) -> () -> {};

  /**
   * Watches the site of a party until the watch is closed.
   *
   * @param party one of another site
   * @param told gets the silence when one begins, and empty when it ends; must neither block nor
   *     take long
   */
  Watch watch(Party party, Consumer<Optional<Silence>> told);

  /** Ends a watch; again is without effect. */
  @FunctionalInterface
  interface Watch {
    /** Nothing more is told after this, but for what is being told. */
    void close();
  }

  /**
   * A site that does not answer.
   *
   * @param since the first time that it should have, in milliseconds since 1970
   * @param failure what the last try met; for a person
   */
  record Silence(long since, String failure) {}
}
