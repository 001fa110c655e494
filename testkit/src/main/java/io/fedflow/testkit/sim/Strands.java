package io.fedflow.testkit.sim;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads of a process that may block: each piece of work becomes a {@link Strand}. */
final class Strands extends AbstractExecutorService {

  private final Life life;

  Strands(Life life) {
    this.life = life;
  }

  @Override
  public void execute(Runnable command) {
    life.executor().execute(() -> Strand.run(life, command));
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
