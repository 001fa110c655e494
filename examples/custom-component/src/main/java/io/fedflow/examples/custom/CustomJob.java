package io.fedflow.examples.custom;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.Stores;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.tracking.TrackingManager.TaskNews;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A host application that runs a job of its own components between three parties, on its own
 * threads and over its own store.
 */
public final class CustomJob {

  /** The first data owner, who submits. */
  public static final Party GUEST = new Party(Role.GUEST, "9999");

  /** The second data owner. */
  public static final Party HOST = new Party(Role.HOST, "10000");

  private static final String NAMESPACE = "readings";

  private CustomJob() {}

  /** A component from a lambda: hands on a table that its party uploaded. */
  static Component stored() {
    return Component.of(
        new ComponentDescriptor(
            "Stored",
            Set.of(Role.GUEST, Role.HOST),
            ParameterSchema.builder().text("table", "", "the name of an uploaded table").build(),
            List.of()),
        context ->
            TaskOutputs.of(context.tables().read(NAMESPACE, context.params().text("table"))));
  }

  /** A site on threads of the host, with its stores and one component beside those of services. */
  public static Fedflow site(HostThreads threads, Path audit) {
    Stores memory = MemoryStores.create();
    return threads
        .lend(Fedflow.builder())
        .stores(new AuditedJobStore(memory.jobs(), audit, threads.writer()).in(memory))
        .component(stored())
        .build();
  }

  /**
   * Runs the job.
   *
   * @param guest the numbers of the first owner
   * @param host the numbers of the second owner
   * @param events is told every step of the job, in order
   * @param news is told logs and metrics as they come
   */
  public static JobHandle run(
      Fedflow site,
      double[] guest,
      double[] host,
      Consumer<JobEvent> events,
      Consumer<TaskNews> news)
      throws Exception {
    site.data().store(StoreRequest.upload(NAMESPACE, "guest"), table(guest));
    site.data().store(StoreRequest.upload(NAMESPACE, "host"), table(host));
    Pipeline job = new Pipeline();
    job.party(Role.GUEST, GUEST.id()).party(Role.HOST, HOST.id()).party(Role.ARBITER, "10001");
    job.add("stored_0", "Stored").set(GUEST, "table", "guest").set(HOST, "table", "host");
    job.add("total_0", "MaskedTotal").data("stored_0");
    JobHandle handle = site.submit(job.compile()).toCompletableFuture().join();
    AutoCloseable steps = site.queue().follow(handle.jobId(), 0, events);
    AutoCloseable told = site.tracking().follow(handle.jobId(), news);
    handle.completion().toCompletableFuture().join();
    // Events come a moment after they are stored; a host that needs the last one waits for it.
    steps.close();
    told.close();
    return handle;
  }

  private static Table table(double... numbers) {
    String[] ids =
        IntStream.range(0, numbers.length).mapToObj(row -> "r" + row).toArray(String[]::new);
    return new Table(
        new TableSchema(TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x", "x")), ","),
        ids,
        List.of(new Column.Numbers(numbers)));
  }

  /** Logs the total of two owners' numbers. */
  public static void main(String[] args) throws Exception {
    try (HostThreads threads = HostThreads.create();
        Fedflow site = site(threads, Path.of("audit.log"))) {
      JobHandle job = run(site, new double[] {1, 2}, new double[] {3, 4}, event -> {}, told -> {});
      Map<String, Object> summary = total(site, job.jobId(), GUEST);
      System.getLogger("example").log(System.Logger.Level.INFO, summary);
    }
  }

  /** What a party learnt. */
  public static Map<String, Object> total(Fedflow site, String jobId, Party party) {
    return site.tracking()
        .latest(jobId, "total_0", party)
        .thenCompose(part -> site.tracking().summary(part.orElseThrow().task(), party))
        .toCompletableFuture()
        .join()
        .orElseThrow();
  }
}
