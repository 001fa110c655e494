package io.fedflow.testkit.link;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** Opens and ends the world of a contract's tests. */
public abstract class LinkContract {

  /** For sites that come up in the course of a test. */
  static final Duration PATIENT = Duration.ofSeconds(30);

  /** For sites that never come up. */
  static final Duration IMPATIENT = Duration.ofMillis(500);

  private LinkWorld world;

  /**
   * A world with both sites down.
   *
   * @param patience how long its links try to reach a site
   */
  protected abstract LinkWorld newWorld(Duration patience);

  final void open(Duration patience) {
    world = newWorld(patience);
  }

  final LinkWorld world() {
    return world;
  }

  @AfterEach
  final void close() {
    if (world != null) {
      world.close();
      world = null;
    }
  }
}
