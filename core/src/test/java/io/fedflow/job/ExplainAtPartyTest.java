package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.job.Wait.Cause;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a site can tell of a job that another one coordinates. */
@Timeout(60)
class ExplainAtPartyTest {

  private final Gate gate = new Gate();
  private final ComponentCatalog catalog =
      new ComponentCatalog(
          List.of(
              Fake.of("Step", context -> Jobs.output(1)),
              Fake.of(
                  "Gated",
                  context -> {
                    if (context.self().equals(GUEST)) {
                      gate.enter(context);
                    }
                    return TaskOutputs.none();
                  })));

  @Test
  void aPartyKnowsItsPartAndWhoKnowsMore() {
    try (TwoSites sites = new TwoSites(catalog)) {
      Pipeline pipeline = Plans.two();
      pipeline.add("gated", "Gated");
      pipeline.add("step", "Step").data("gated");
      JobHandle job = Await.value(sites.at(GUEST).submit(pipeline.compile()));
      gate.awaitInside(1);
      Await.until(
          "the host's part is over",
          () ->
              Jobs.part(sites.at(HOST), job.jobId(), "gated", HOST).partyStatus()
                  == TaskStatus.SUCCESS);
      JobRow view = Jobs.views(sites.at(HOST), job.jobId()).get(0);
      TaskRow part = Jobs.part(sites.at(HOST), job.jobId(), "gated", HOST);
      Await.until("the state is there", () -> explain(sites.at(HOST), job).size() == 2);
      assertThat(explain(sites.at(HOST), job))
          .extracting(Wait::component, Wait::cause, Wait::party, Wait::since)
          .containsExactly(
              tuple("gated", Cause.COORDINATOR, GUEST, part.endTime()),
              tuple("step", Cause.UPSTREAM, null, view.startTime()));
      assertThat(explain(sites.at(HOST), job).get(0).remedy())
          .isEqualTo("explain the job at the site of guest:1");
      // The guest's site knows that only its own part is awaited.
      Await.until(
          "the report is there",
          () ->
              explain(sites.at(GUEST), job).stream()
                  .filter(wait -> wait.cause() == Cause.RUNNING)
                  .map(Wait::party)
                  .toList()
                  .equals(List.of(GUEST)));
      Await.value(job.cancel());
      Jobs.awaitAll(sites.at(HOST), job.jobId(), JobStatus.CANCELED);
      Await.until(
          "it is over at the host",
          () -> explain(sites.at(HOST), job).get(0).cause() == Cause.ENDED);
    }
  }

  private static List<Wait> explain(Fedflow site, JobHandle job) {
    return Await.value(site.pipelines().explain(job.jobId()));
  }
}
