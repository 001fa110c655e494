package io.fedflow.transport.http.board;

import io.fedflow.Site;
import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.policy.JobReviewer;
import io.fedflow.policy.SitePolicyCheck;
import io.fedflow.queue.SlotView;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.transport.http.v1.Lookup;
import io.fedflow.transport.http.v1.PartyIds;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Jobs as the page shows them: one entry per job, whatever the number of parties here. */
public final class JobsController implements Controller {

  private static final int MOST = 200;

  /** A site rarely plays more roles in one job. */
  private static final int VIEWS_PER_JOB = 8;

  private final Site site;
  private final Lookup lookup;
  private final JobReviewer reviewer;

  /**
   * Shows jobs of this site.
   *
   * @param rules the site's own rules, which reviews tell of; empty if it has none
   */
  public JobsController(Site site, Optional<SitePolicyCheck> rules) {
    this.site = site;
    this.reviewer = new JobReviewer(site, rules);
    this.lookup = new Lookup(site);
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/fedflow/v1/jobs", this::jobs);
    routes.get("/fedflow/v1/jobs/:job", this::job);
    routes.get("/fedflow/v1/jobs/:job/explain", this::explain);
    routes.plainPost("/fedflow/v1/jobs/:job/approve", this::approve);
    routes.plainPost("/fedflow/v1/jobs/:job/reject", this::reject);
    routes.get("/fedflow/v1/jobs/:job/review", this::review);
  }

  private Future<? extends Answer> jobs(Call call) {
    Arguments query = call.query();
    int limit = query.integer("limit", 50, 1, MOST);
    JobQuery views =
        new JobQuery(
            List.of(),
            query.texts("role"),
            query.texts("party_id"),
            query.text("status").map(JobsController::status).map(Set::of).orElse(Set.of()),
            true,
            query.integer("offset", 0, 0, Integer.MAX_VALUE),
            limit * VIEWS_PER_JOB);
    return call.await(site.tracking().jobs(views))
        .map(rows -> Envelope.ok(jobs(rows, limit)).large());
  }

  private static JobStatus status(String text) {
    return JobStatus.of(text)
        .orElseThrow(
            () -> FedflowException.invalid("argument.type", "status: found '" + text + "'"));
  }

  private Map<String, Object> jobs(List<JobRow> rows, int limit) {
    Map<String, List<JobRow>> byJob =
        rows.stream()
            .collect(Collectors.groupingBy(JobRow::jobId, LinkedHashMap::new, Collectors.toList()));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("jobs", byJob.values().stream().limit(limit).map(JobViews::brief).toList());
    tree.put("waiting", site.queue().waiting());
    tree.put("running", site.queue().running());
    SlotView slots = site.queue().slots();
    tree.put("slots", Map.of("capacity", slots.capacity(), "held", slots.held()));
    tree.put("paused", slots.paused());
    return tree;
  }

  /** Tells why a job and its components are where they are. */
  private Future<? extends Answer> explain(Call call) {
    String jobId = call.path("job");
    return call.await(site.pipelines().explain(jobId))
        .map(waits -> Envelope.ok(JobViews.explained(jobId, waits)));
  }

  /** Lets a job run as far as one party of this site is concerned. */
  private Future<? extends Answer> approve(Call call) {
    Party party = PartyIds.party(call.arguments().require("role", "party_id"));
    return call.await(site.pipelines().approve(call.path("job"), party, call.who()))
        .map(stored -> Envelope.ok());
  }

  /** Ends a job that one party of this site was to approve. */
  private Future<? extends Answer> reject(Call call) {
    Arguments arguments = call.arguments().require("role", "party_id");
    Party party = PartyIds.party(arguments);
    String reason = arguments.text("reason").orElse("");
    return call.await(site.pipelines().reject(call.path("job"), party, call.who(), reason))
        .map(stored -> Envelope.ok());
  }

  /** What a job uses and reveals, at each party of this site. */
  private Future<? extends Answer> review(Call call) {
    String jobId = call.path("job");
    return call.blocking(() -> reviewer.review(jobId))
        .map(reviews -> Envelope.ok(ReviewViews.tree(jobId, reviews)).large());
  }

  private Future<? extends Answer> job(Call call) {
    String jobId = call.path("job");
    Future<List<JobRow>> views = lookup.views(call, jobId);
    Future<List<TaskRow>> tasks = call.await(site.tracking().tasks(TaskQuery.ofJob(jobId)));
    Future<Optional<JobPlan>> plan = call.await(site.pipelines().planOf(jobId));
    return Future.all(views, tasks, plan)
        .map(
            all -> {
              if (views.result().isEmpty()) {
                throw FedflowException.invalid("job.unknown", "this site does not know the job");
              }
              return Envelope.ok(
                      JobViews.full(views.result(), tasks.result(), plan.result().orElse(null)))
                  .large();
            });
  }
}
