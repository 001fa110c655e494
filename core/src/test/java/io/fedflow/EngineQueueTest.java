package io.fedflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.queue.JobEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which jobs run, and when. */
@Timeout(60)
class EngineQueueTest {

  private final Gate gate = new Gate();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** A site with slots for so many jobs of two parties. */
  private Fedflow site(int jobs) {
    return EngineStores.site()
        .slots(2 * jobs)
        .components(
            new ComponentCatalog(
                List.of(
                    Fake.of(
                        "Notes",
                        context -> {
                          if (context.self().role().equals(Role.GUEST)) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            order.add(context.task().jobId());
                            inside.decrementAndGet();
                          }
                          return TaskOutputs.none();
                        }),
                    Fake.of(
                        "Gated",
                        context -> {
                          gate.enter(context);
                          return TaskOutputs.none();
                        }))))
        .build();
  }

  private static Pipeline of(String module) {
    Pipeline pipeline = Plans.two();
    pipeline.add("only", module);
    return pipeline;
  }

  @RepeatedTest(10)
  void oneAtATimeInTheOrderOfTheirComing() {
    try (Fedflow site = site(1)) {
      JobHandle blocking = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      List<JobHandle> handles = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        handles.add(Await.value(site.submit(of("Notes").compile())));
      }
      List<String> ids = handles.stream().map(JobHandle::jobId).toList();
      assertThat(site.queue().running()).containsExactly(blocking.jobId());
      assertThat(site.queue().waiting()).containsExactlyElementsOf(ids);
      assertThat(Await.value(handles.get(0).status())).isEqualTo(JobStatus.WAITING);
      Await.value(blocking.cancel());
      handles.forEach(handle -> assertThat(Await.value(handle.completion()).good()).isTrue());
      assertThat(order).containsExactlyElementsOf(ids);
      assertThat(most).hasValue(1);
      assertThat(site.queue().running()).isEmpty();
    }
  }

  @Test
  void aWaitingJobCanBeStopped() {
    try (Fedflow site = site(1)) {
      JobHandle blocking = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      JobHandle stopped = Await.value(site.submit(of("Notes").compile()));
      JobHandle last = Await.value(site.submit(of("Notes").compile()));
      assertThat(Await.value(stopped.cancel())).isTrue();
      assertThat(Await.value(stopped.completion()).status()).isEqualTo(JobStatus.CANCELED);
      assertThat(site.queue().waiting()).containsExactly(last.jobId());
      Await.value(blocking.cancel());
      assertThat(Await.value(last.completion()).good()).isTrue();
      assertThat(order).containsExactly(last.jobId());
    }
  }

  @Test
  void allWaitingJobsCanBeCanceledAtOnce() {
    try (Fedflow site = site(1)) {
      JobHandle blocking = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      JobHandle first = Await.value(site.submit(of("Notes").compile()));
      JobHandle second = Await.value(site.submit(of("Notes").compile()));
      assertThat(Await.value(site.queue().cancelWaiting("an operator")))
          .isEqualTo(Map.of(first.jobId(), "", second.jobId(), ""));
      for (JobHandle canceled : List.of(first, second)) {
        JobHandle.Outcome outcome = Await.value(canceled.completion());
        assertThat(outcome.status()).isEqualTo(JobStatus.CANCELED);
        assertThat(outcome.cause()).contains("an operator");
      }
      assertThat(Await.value(blocking.status())).isEqualTo(JobStatus.RUNNING);
      assertThat(Await.value(site.queue().cancelWaiting("an operator"))).isEmpty();
      Await.value(blocking.cancel());
      assertThat(order).isEmpty();
    }
  }

  @Test
  void theEventsOfAJobCanBeDroppedAfterItsEnd() {
    try (Fedflow site = site(1)) {
      JobHandle job = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      assertThat(Await.failure(site.queue().clean(job.jobId())))
          .isInstanceOfSatisfying(
              FedflowException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo("job.live");
                assertThat(refused).hasMessageContainingAll(job.jobId(), "RUNNING", "stop it");
              });
      Await.value(job.cancel());
      Jobs.awaitAll(site, job.jobId(), JobStatus.CANCELED);
      List<JobEvent> before = Jobs.events(site, job.jobId());
      Await.value(site.queue().clean(job.jobId()));
      Await.value(site.queue().clean(job.jobId()));
      assertThat(Jobs.events(site, job.jobId()))
          .containsExactly(before.get(before.size() - 1))
          .allSatisfy(last -> assertThat(last.kind()).isEqualTo("job.status"));
      assertThat(Await.failure(site.queue().clean("none"))).hasMessageContaining("none");
    }
  }

  @RepeatedTest(5)
  void manyJobsAllEndWell() {
    try (Fedflow site = site(3)) {
      List<JobHandle> handles = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        handles.add(Await.value(site.submit(of("Notes").compile())));
      }
      handles.forEach(
          handle ->
              assertThat(Await.value(handle.completion()))
                  .isEqualTo(new JobHandle.Outcome(JobStatus.SUCCESS, "")));
      assertThat(most.get()).isLessThanOrEqualTo(3);
      assertThat(order).doesNotHaveDuplicates().hasSize(40);
      assertThat(site.engine().live()).isEmpty();
    }
  }
}
