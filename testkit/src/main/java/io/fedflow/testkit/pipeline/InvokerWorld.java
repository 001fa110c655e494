package io.fedflow.testkit.pipeline;

import io.fedflow.Fedflow;
import io.fedflow.spi.JobInvoker;

/**
 * An invoker and the site where its jobs end up.
 *
 * @param invoker what is tested
 * @param site what it must agree with
 * @param closer ends both
 */
public record InvokerWorld(JobInvoker invoker, Fedflow site, Runnable closer)
    implements AutoCloseable {

  @Override
  public void close() {
    closer.run();
  }
}
