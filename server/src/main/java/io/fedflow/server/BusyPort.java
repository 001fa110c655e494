package io.fedflow.server;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.net.BindException;
import java.util.concurrent.Callable;

/** Says what to do about a port that cannot be taken. */
final class BusyPort {

  private BusyPort() {}

  static int explained(String option, String host, int port, Callable<Integer> listening)
      throws Exception {
    try {
      return listening.call();
    } catch (BindException e) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "port.busy",
          "cannot listen on "
              + host
              + ':'
              + port
              + " ("
              + e.getMessage()
              + "); stop what uses it or choose another port with "
              + option,
          e);
    }
  }
}
