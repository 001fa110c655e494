package io.fedflow;

import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.HeldTimers;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.Wait;
import io.fedflow.job.Wait.Cause;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Stores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A site of two parties that a test brings into trouble, and what explain says of it. */
abstract class ExplainedSite {

  final AtomicLong now = new AtomicLong(10_000);
  final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  final Stores stores = EngineStores.fresh();
  final FlakyJobStore flaky = new FlakyJobStore(stores.jobs());
  final HeldTimers held = new HeldTimers();
  final Gate gate = new Gate();
  final CountDownLatch opened = new CountDownLatch(1);
  final AtomicReference<Party> cutOff = new AtomicReference<>();

  final ComponentCatalog catalog =
      new ComponentCatalog(
          List.of(
              Fake.of("Step", context -> Jobs.output(1)),
              Fake.of(
                  "Gated",
                  context -> {
                    gate.enter(context);
                    return TaskOutputs.none();
                  }),
              Fake.of(
                  "Opened",
                  Set.of(Role.GUEST),
                  context -> {
                    opened.await();
                    return Jobs.output(1);
                  }),
              Fake.of(
                  "Deaf",
                  context -> {
                    try {
                      gate.enter(context);
                    } catch (InterruptedException ignoredOnPurpose) {
                      waitDeaf();
                    }
                    return TaskOutputs.none();
                  }),
              Fake.of(
                  "Fails",
                  context -> {
                    if (context.self().equals(HOST) && context.task().version() == 0) {
                      throw new FedflowException(FailureKind.BUG, "test.bad", "a bad day");
                    }
                    return TaskOutputs.none();
                  }),
              Fake.of(
                  "Reads",
                  context -> {
                    context.tables().read("demo", "h");
                    return TaskOutputs.none();
                  })));

  void waitDeaf() {
    while (opened.getCount() > 0) {
      try {
        opened.await();
      } catch (InterruptedException again) {
        // It does not react, that is the point.
      }
    }
  }

  @AfterEach
  void open() {
    opened.countDown();
  }

  FedflowBuilder site() {
    UnaryOperator<PartyLink> cut =
        own ->
            (to, command) ->
                to.equals(cutOff.get())
                    ? CompletableFuture.failedStage(
                        new FedflowException(
                            FailureKind.UNAVAILABLE, "party.unreachable", to + " is not there"))
                    : own.send(to, command);
    return Fedflow.builder()
        .stores(stores)
        .clock(clock)
        .components(catalog)
        .links(
            (own, mailboxes) -> new FedflowBuilder.Links(cut.apply(own), mailboxes, any -> true));
  }

  static Pipeline of(String... modules) {
    Pipeline pipeline = Plans.two();
    String before = null;
    for (String module : modules) {
      Pipeline.Step step = pipeline.add(module.toLowerCase(java.util.Locale.ROOT), module);
      if (before != null) {
        step.data(before);
      }
      before = module.toLowerCase(java.util.Locale.ROOT);
    }
    return pipeline;
  }

  static List<Wait> explain(Fedflow site, String jobId) {
    return Await.value(site.pipelines().explain(jobId));
  }

  /** The only reason of this kind. */
  static Wait only(List<Wait> waits, Cause cause) {
    List<Wait> found = waits.stream().filter(wait -> wait.cause() == cause).toList();
    assertThat(found).as("%s", waits).hasSize(1);
    return found.get(0);
  }

  static void assertWait(Wait wait, String component, Party party, long since) {
    assertThat(wait.component()).isEqualTo(component);
    assertThat(wait.party()).isEqualTo(party);
    assertThat(wait.since()).isEqualTo(since);
  }
}
