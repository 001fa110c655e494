package io.fedflow.server;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.Timers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Ends a server some time after its site failed, in which it can still be read.
 *
 * @param timers runs the delay
 * @param delay how long it can still be read
 * @param exit begins the end; must not block
 */
record FailureExit(Timers timers, Duration delay, Runnable exit) {

  private static final Logger LOG = System.getLogger(FailureExit.class.getName());

  /** The site failed; called once. */
  void failed(FedflowException why) {
    LOG.log(
        Level.ERROR,
        () ->
            why.getMessage()
                + "; this server can be read for "
                + delay.toSeconds()
                + " s (--exit-delay), then ends with code "
                + FedflowServer.FAILED_EXIT);
    timers.after(delay.toMillis(), exit);
  }
}
