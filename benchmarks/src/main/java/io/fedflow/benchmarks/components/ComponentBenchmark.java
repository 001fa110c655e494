package io.fedflow.benchmarks.components;

import static io.fedflow.benchmarks.components.Cases.GUEST;
import static io.fedflow.benchmarks.components.Cases.HOST;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder.Links;
import io.fedflow.JobHandle;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Runs one component after the other on synthetic rows between a guest, a host and an arbiter of
 * one process, and prints seconds, core-seconds, bytes that crossed and the peak of the heap, each
 * without the job that only reads the rows.
 *
 * <p>Arguments: shapes like {@code 30000x23}, then names of {@link Cases}, all if none are given.
 * The first shape is run once more before, to warm up.
 */
public final class ComponentBenchmark {

  private static final String NAMESPACE = "benchmark";

  private final LongAdder crossed = new LongAdder();

  private ComponentBenchmark() {}

  /** Prints a line for each shape and component. */
  public static void main(String[] arguments) {
    List<Shape> shapes =
        Arrays.stream(arguments).filter(text -> text.matches("\\d+x\\d+")).map(Shape::of).toList();
    List<String> names =
        Cases.named(Arrays.stream(arguments).filter(text -> !text.matches("\\d+x\\d+")).toList());
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("a shape is missing, like 30000x23");
    }
    new ComponentBenchmark().run(shapes, names);
  }

  private void run(List<Shape> shapes, List<String> names) {
    System.out.printf(
        "%-16s %12s %10s %10s %12s %10s%n",
        "component", "rows x cols", "wall s", "core s", "MB crossed", "heap MB");
    try (Fedflow site =
        Fedflow.builder()
            .links(
                (own, boxes) ->
                    new Links(
                        own,
                        envelope -> {
                          crossed.add(envelope.payload().bytes().length);
                          boxes.deliver(envelope);
                        },
                        party -> true))
            .build()) {
      Shape warm = new Shape(1000, shapes.get(0).columns());
      store(site, warm);
      names.forEach(name -> cost(site, warm, name));
      for (Shape shape : shapes) {
        store(site, shape);
        Cost reading = cost(site, shape, null);
        for (String name : names) {
          print(name, shape, cost(site, shape, name).without(reading));
        }
      }
    }
  }

  private static void store(Fedflow site, Shape shape) {
    site.data()
        .store(StoreRequest.upload(NAMESPACE, "guest_" + shape), shape.half("guest_9999", true, 1));
    site.data()
        .store(StoreRequest.upload(NAMESPACE, "host_" + shape), shape.half("host_10000", false, 2));
  }

  private Cost cost(Fedflow site, Shape shape, String name) {
    Pipeline job =
        new Pipeline()
            .party(Role.GUEST, GUEST.id())
            .party(Role.HOST, HOST.id())
            .party(Role.ARBITER, "10001");
    job.add("reader_0", "Reader")
        .set(GUEST, "table", Map.of("namespace", NAMESPACE, "name", "guest_" + shape))
        .set(HOST, "table", Map.of("namespace", NAMESPACE, "name", "host_" + shape));
    if (name != null) {
      Cases.ALL.get(name).accept(job);
    }
    return Cost.of(
        crossed,
        () -> {
          JobHandle handle = site.submit(job.compile()).toCompletableFuture().join();
          JobHandle.Outcome outcome = handle.completion().toCompletableFuture().join();
          if (outcome.status() != JobStatus.SUCCESS) {
            throw new IllegalStateException(name + " ended as " + outcome);
          }
        });
  }

  private static void print(String name, Shape shape, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "%-16s %12s %10.2f %10.2f %12.2f %10.0f%n",
        name,
        shape,
        cost.wall(),
        cost.cores(),
        cost.bytes() / 1e6,
        cost.heap() / 1e6);
  }
}
