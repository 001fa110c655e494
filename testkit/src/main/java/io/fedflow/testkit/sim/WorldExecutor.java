package io.fedflow.testkit.sim;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Takes the place of a site's threads, which a simulated world has none of; it never ends. */
final class WorldExecutor extends AbstractExecutorService {

  private final Executor executor;

  private WorldExecutor(Executor executor) {
    this.executor = executor;
  }

  /** For work that may block: each piece becomes a {@link Strand}. */
  static WorldExecutor strands(Life life) {
    return new WorldExecutor(work -> life.executor().execute(() -> Strand.run(life, work)));
  }

  /** For work that nothing in a simulated world may ask for. */
  static WorldExecutor none() {
    return new WorldExecutor(
        work -> {
          throw new RejectedExecutionException("a simulated world has no threads");
        });
  }

  @Override
  public void execute(Runnable command) {
    executor.execute(command);
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
