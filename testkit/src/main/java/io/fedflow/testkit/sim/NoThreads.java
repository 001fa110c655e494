package io.fedflow.testkit.sim;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Takes the place of threads that nothing in a simulated world may use. */
final class NoThreads extends AbstractExecutorService {

  static final NoThreads INSTANCE = new NoThreads();

  private NoThreads() {}

  @Override
  public void execute(Runnable command) {
    throw new RejectedExecutionException("a simulated world has no threads");
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
