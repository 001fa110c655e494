package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.job.Wait;
import io.fedflow.model.PipelineModelManager.Deployment;
import io.fedflow.model.PipelineModelManager.Distributed;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.ModelAsked;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the host's policy is asked beside new jobs, and what follows from its answers. */
@Timeout(60)
class EnginePolicyTest {

  private final List<ModelAsked> models = new CopyOnWriteArrayList<>();
  private volatile JobPolicy.Decision onJob = JobPolicy.Decision.allow();
  private volatile JobPolicy.Decision onOther = JobPolicy.Decision.allow();
  private Fedflow site;

  /** Only the host has rules. */
  private final class Rules implements JobPolicy {

    private CompletionStage<Decision> at(Party party, Decision decision) {
      return CompletableFuture.completedStage(party.equals(HOST) ? decision : Decision.allow());
    }

    @Override
    public CompletionStage<Decision> decide(Party at, String jobId, JobPlan plan) {
      return at(at, onJob);
    }

    @Override
    public CompletionStage<Decision> again(Party at, String jobId, JobPlan plan) {
      return at(at, onOther);
    }

    @Override
    public CompletionStage<Decision> about(Party at, ModelAsked asked) {
      if (at.equals(HOST)) {
        models.add(asked);
      }
      return at(at, onOther);
    }
  }

  @BeforeEach
  void start() {
    site =
        EngineStores.site()
            .components(new ComponentCatalog(List.of(Fake.of("Step", context -> Jobs.output(1)))))
            .policy(new Rules())
            .build();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private JobHandle submitted() {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    return Await.value(site.submit(pipeline.compile()));
  }

  private String trained() {
    JobHandle handle = submitted();
    assertThat(Await.value(handle.completion()).good()).isTrue();
    Await.until("nothing is live", () -> site.engine().live().isEmpty());
    return handle.jobId();
  }

  @Test
  void aPartyMayRefuseToDeploy_andNoVersionIsMadeThere() {
    String job = trained();
    String model = Jobs.views(site, job).get(0).modelId();
    onOther = JobPolicy.Decision.refuse("rule 'models': no");
    Distributed refused =
        Await.value(site.pipelineModels().deploy(model, job, new Deployment(List.of(), Map.of())));
    assertThat(refused.outcomes().get(GUEST)).isEmpty();
    assertThat(refused.outcomes().get(HOST))
        .contains("host:2 does not allow to deploy version " + job + ": rule 'models': no");
    assertThat(Await.value(site.pipelineModels().find(refused.modelVersion(), HOST))).isEmpty();
    assertThat(models)
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.command()).isEqualTo(ModelAsked.Command.DEPLOY);
              assertThat(asked.initiator()).isEqualTo(GUEST);
              assertThat(asked.modules()).containsExactly("Step");
            });

    onOther = JobPolicy.Decision.ask();
    assertThat(
            Await.value(
                    site.pipelineModels().deploy(model, job, new Deployment(List.of(), Map.of())))
                .outcomes()
                .get(HOST))
        .contains("would have to be approved, and cannot wait");

    onOther = JobPolicy.Decision.allow();
    Distributed deployed =
        Await.value(site.pipelineModels().deploy(model, job, new Deployment(List.of(), Map.of())));
    assertThat(deployed.outcomes().get(HOST)).isEmpty();
    onOther = JobPolicy.Decision.refuse("rule 'serving': no");
    assertThat(
            Await.value(site.pipelineModels().load(model, deployed.modelVersion()))
                .outcomes()
                .get(HOST))
        .contains(
            "does not allow to load version " + deployed.modelVersion(), "rule 'serving': no");
  }

  @Test
  void aPartyMayRefuseToRunAJobAgain() {
    String job = trained();
    onOther = JobPolicy.Decision.refuse("rule 'once': no");
    FedflowException refused = Await.failure(site.pipelines().rerun(job, List.of(), true, "me"));
    assertThat(refused).hasMessageContaining("host:2").hasMessageContaining("rule 'once': no");
    Await.until("nothing is live", () -> site.engine().live().isEmpty());
    onOther = JobPolicy.Decision.ask();
    Await.value(site.pipelines().rerun(job, List.of(), true, "me"));
    Jobs.awaitAll(site, job, JobStatus.SUCCESS);
  }

  @Test
  void aRejectedJobEndsEverywhere_withPartyReasonAndWho() {
    onJob = JobPolicy.Decision.ask();
    JobHandle handle = submitted();
    String job = handle.jobId();
    assertThat(Await.value(site.pipelines().explain(job)))
        .extracting(Wait::cause, Wait::party)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Wait.Cause.APPROVAL_PENDING, HOST));
    assertThat(Await.failure(site.pipelines().reject(job, GUEST, "me", "")).kind())
        .as("the guest was not asked")
        .isEqualTo(FailureKind.CONFLICT);
    assertThat(Await.failure(site.pipelines().reject(job, HOST, "me", "x".repeat(501))))
        .hasMessageContaining("reason: found 501 characters, allowed at most 500");
    Await.value(site.pipelines().reject(job, HOST, "me", "too much"));
    JobHandle.Outcome end = Await.value(handle.completion());
    assertThat(end.status()).isEqualTo(JobStatus.CANCELED);
    assertThat(end.cause()).isEqualTo("host:2 rejected the job: too much (by me) [policy.refused]");
    Jobs.awaitAll(site, job, JobStatus.CANCELED);
    Await.until("nothing is live", () -> site.engine().live().isEmpty());
    assertThat(Await.failure(site.pipelines().reject(job, HOST, "me", "")).code())
        .isEqualTo("job.not_pending");
  }
}
