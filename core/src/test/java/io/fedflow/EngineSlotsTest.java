package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.Wait;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that share the slots of one site, and of two. */
@Timeout(60)
class EngineSlotsTest {

  private final Gate gate = new Gate();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final ComponentCatalog catalog =
      new ComponentCatalog(
          List.of(
              Fake.of(
                  "Notes",
                  context -> {
                    if (context.self().role().equals(Role.GUEST)) {
                      order.add(context.task().jobId());
                    }
                    return TaskOutputs.none();
                  }),
              Fake.of(
                  "Gated",
                  context -> {
                    gate.enter(context);
                    return TaskOutputs.none();
                  })));

  private Fedflow site(int slots) {
    return EngineStores.site().components(catalog).slots(slots).build();
  }

  private static Pipeline of(String module) {
    Pipeline pipeline = Plans.two();
    pipeline.add("only", module);
    return pipeline;
  }

  private static Pipeline wide(String module, int tasks) {
    Pipeline pipeline = Plans.two().jobParameter("task_parallelism", tasks);
    for (int i = 0; i < tasks; i++) {
      pipeline.add("step" + i, module);
    }
    return pipeline;
  }

  @Test
  void aJobThatCanNeverFitIsRefusedWithWhatItAsksAndWhatThereIs() {
    try (Fedflow site = site(5)) {
      FedflowException refused = Await.failure(site.submit(wide("Notes", 3).compile()));
      assertThat(refused.code()).isEqualTo("slots.too_many");
      assertThat(refused.kind()).isEqualTo(FailureKind.EXHAUSTED);
      assertThat(refused)
          .hasMessageContainingAll("asks for 6 slots", "which has 5", "task_parallelism");
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      assertThat(site.queue().slots().held()).isZero();
      JobHandle fits = Await.value(site.submit(wide("Notes", 2).compile()));
      assertThat(Await.value(fits.completion()).good()).isTrue();
    }
  }

  @Test
  void aFullQueueRefusesClearly() {
    try (Fedflow site = EngineStores.site().components(catalog).slots(2).waitingJobs(2).build()) {
      JobHandle holder = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      JobHandle first = Await.value(site.submit(of("Notes").compile()));
      JobHandle second = Await.value(site.submit(of("Notes").compile()));
      FedflowException refused = Await.failure(site.submit(of("Notes").compile()));
      assertThat(refused.code()).isEqualTo("queue.full");
      assertThat(refused).hasMessageContainingAll("2 jobs wait", "allowed 2", "submit it again");
      Await.value(holder.cancel());
      assertThat(Await.value(first.completion()).good()).isTrue();
      assertThat(Await.value(second.completion()).good()).isTrue();
    }
  }

  @Test
  void theHigherPriorityRunsFirst() {
    try (Fedflow site = site(2)) {
      JobHandle holder = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      JobHandle low = Await.value(site.submit(of("Notes").jobParameter("priority", -3).compile()));
      JobHandle plain = Await.value(site.submit(of("Notes").compile()));
      JobHandle high = Await.value(site.submit(of("Notes").jobParameter("priority", 9).compile()));
      assertThat(site.queue().waiting()).containsExactly(high.jobId(), plain.jobId(), low.jobId());
      Await.value(holder.cancel());
      for (JobHandle job : List.of(low, plain, high)) {
        assertThat(Await.value(job.completion()).good()).isTrue();
      }
      assertThat(order).containsExactly(high.jobId(), plain.jobId(), low.jobId());
    }
  }

  @Test
  void aNarrowJobPassesAWideOneThatDoesNotFit() {
    try (Fedflow site = site(6)) {
      JobHandle holder = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      JobHandle wide = Await.value(site.submit(wide("Notes", 3).compile()));
      JobHandle narrow = Await.value(site.submit(of("Notes").compile()));
      assertThat(Await.value(narrow.completion()).good()).isTrue();
      assertThat(Await.value(wide.status())).isEqualTo(JobStatus.WAITING);
      Await.value(holder.cancel());
      assertThat(Await.value(wide.completion()).good()).isTrue();
    }
  }

  @Test
  void moreSlotsLetWaitingJobsRunAndFewerKeepThemWaiting() {
    try (Fedflow site = site(2)) {
      JobHandle first = Await.value(site.submit(of("Gated").compile()));
      gate.awaitInside(2);
      JobHandle second = Await.value(site.submit(of("Notes").compile()));
      assertThat(Await.value(second.status())).isEqualTo(JobStatus.WAITING);
      site.queue().resize(4);
      assertThat(Await.value(second.completion()).good()).isTrue();
      site.queue().resize(1);
      assertThat(site.queue().slots().held()).isEqualTo(2);
      assertThat(Await.failure(site.submit(of("Notes").compile())).code())
          .isEqualTo("slots.too_many");
      Await.value(first.cancel());
      Await.until("all slots returned", () -> site.queue().slots().held() == 0);
    }
  }

  @Test
  void theSlotsOfAViewAreStoredWhileItHoldsThem() {
    try (Fedflow site = site(4)) {
      JobHandle job = Await.value(site.submit(wide("Gated", 2).compile()));
      gate.awaitInside(4);
      assertThat(Jobs.views(site, job.jobId())).extracting(JobRow::slots).containsOnly(2);
      Await.value(job.cancel());
      Jobs.awaitAll(site, job.jobId(), JobStatus.CANCELED);
      assertThat(Jobs.views(site, job.jobId())).extracting(JobRow::slots).containsOnly(0);
    }
  }

  @Test
  void taskParallelismIsExplained() {
    try (Fedflow site = site(4)) {
      JobHandle job =
          Await.value(site.submit(wide("Gated", 2).jobParameter("task_parallelism", 1).compile()));
      gate.awaitInside(2);
      Wait wait =
          Await.value(site.pipelines().explain(job.jobId())).stream()
              .filter(found -> found.cause() == Wait.Cause.NO_SLOTS)
              .findFirst()
              .orElseThrow();
      assertThat(wait.component()).isEqualTo("step1");
      assertThat(wait.text()).contains("task_parallelism is 1").contains("step0");
      assertThat(wait.remedy()).contains("after step0").contains("task_parallelism");
      Await.value(job.cancel());
    }
  }

  @Test
  void theOtherSiteIsNamedWhenItsSlotsAreTaken() {
    try (TwoSites sites = new TwoSites(catalog, 1)) {
      JobHandle holder = Await.value(sites.at(HOST).submit(alone(HOST).compile()));
      gate.awaitInside(1);
      JobHandle job = Await.value(sites.at(GUEST).submit(of("Notes").compile()));
      List<Wait> waits = Await.value(sites.at(GUEST).pipelines().explain(job.jobId()));
      assertThat(waits)
          .extracting(Wait::cause, Wait::party)
          .contains(org.assertj.core.groups.Tuple.tuple(Wait.Cause.NO_SLOTS, HOST));
      Wait there =
          Await.value(sites.at(HOST).pipelines().explain(job.jobId())).stream()
              .filter(wait -> wait.cause() == Wait.Cause.NO_SLOTS)
              .findFirst()
              .orElseThrow();
      assertThat(there.text()).contains("held by " + holder.jobId() + " (1)");
      // What this site has granted is in nobody's way: the first in rank would be asked to wait.
      assertThat(sites.at(GUEST).queue().slots().held()).isEqualTo(1);
      Await.value(holder.cancel());
      assertThat(Await.value(job.completion()).good()).isTrue();
    }
  }

  private static Pipeline alone(Party party) {
    Pipeline pipeline = new Pipeline().party(Role.GUEST, party.id());
    pipeline.add("only", "Gated");
    return pipeline;
  }

  /** Each coordinates jobs that need a slot of both: without yielding they would block. */
  @RepeatedTest(10)
  void jobsThatHoldWhatOthersWaitForYield() {
    try (TwoSites sites = new TwoSites(catalog, 1)) {
      List<JobHandle> jobs = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        jobs.add(Await.value(sites.at(GUEST).submit(of("Notes").compile())));
        jobs.add(Await.value(sites.at(HOST).submit(reversed().compile())));
      }
      jobs.forEach(job -> assertThat(Await.value(job.completion()).good()).isTrue());
      for (Party party : List.of(GUEST, HOST)) {
        Await.until(
            "all slots of " + party + " returned",
            () -> sites.at(party).queue().slots().held() == 0);
      }
    }
  }

  private static Pipeline reversed() {
    Pipeline pipeline = new Pipeline().party(Role.GUEST, HOST.id()).party(Role.HOST, GUEST.id());
    pipeline.add("only", "Notes");
    return pipeline;
  }
}
