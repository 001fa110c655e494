package io.fedflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which executors for tasks are refused before they can block a site. */
class TaskExecutorWidthTest {

  @Test
  void poolsWithFewerThreadsThanSlotsAreRefused() {
    for (ExecutorService small :
        List.of(
            Executors.newFixedThreadPool(3),
            new ForkJoinPool(3),
            new ThreadPoolExecutor(0, 3, 1, TimeUnit.SECONDS, new SynchronousQueue<>()),
            // Queues for ever instead of going beyond its core.
            new ThreadPoolExecutor(3, 99, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()))) {
      try {
        assertThatThrownBy(() -> Fedflow.builder().taskExecutor(small).slots(4).build())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("taskExecutor: found a pool of at most 3 threads")
            .hasMessageContaining("at least 4");
        assertThat(small.isShutdown()).isFalse();
      } finally {
        small.shutdownNow();
      }
    }
  }

  @Test
  void poolsThatAreLargeEnoughAreTaken() {
    for (ExecutorService wide :
        List.of(
            Executors.newFixedThreadPool(4),
            new ForkJoinPool(4),
            Executors.newCachedThreadPool())) {
      try (Fedflow site = Fedflow.builder().taskExecutor(wide).slots(4).build()) {
        assertThat(site.queue().capacity()).isEqualTo(4);
      } finally {
        wide.shutdownNow();
      }
    }
  }
}
