package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.JobPlan;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;

/** Finds the jobs and tasks that a call names. */
public final class Lookup {

  private final Site site;

  /** Looks in this site. */
  public Lookup(Site site) {
    this.site = site;
  }

  /** This site's views of a job, the initiator's first; empty if it does not know the job. */
  public Future<List<JobRow>> views(Call call, String jobId) {
    return call.await(site.tracking().jobs(JobQuery.ofJob(jobId)))
        .map(
            rows -> rows.stream().sorted(Comparator.comparing(row -> !row.isInitiator())).toList());
  }

  /**
   * The view that a call is about: the named party's, else the initiator's, else any.
   *
   * @param absent how to refuse if there is none
   */
  Future<JobRow> view(Call call, Arguments arguments, Envelope absent) {
    String jobId = arguments.requiredText("job_id");
    Party named =
        arguments.has("role") && arguments.has("party_id") ? PartyIds.party(arguments) : null;
    return views(call, jobId)
        .map(
            rows ->
                rows.stream()
                    .filter(row -> named == null || row.party().equals(named))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(absent)));
  }

  /**
   * The latest attempt that a call is about.
   *
   * @param absent how to refuse if there is none
   */
  Future<TaskRow> task(Call call, Arguments arguments, Envelope absent) {
    arguments.require("job_id", "component_name");
    String component = arguments.requiredText("component_name");
    return party(call, arguments, absent)
        .compose(
            party ->
                call.await(
                    site.tracking().latest(arguments.requiredText("job_id"), component, party)))
        .map(task -> task.orElseThrow(() -> new Refusal(absent)));
  }

  /** The plan of a job. */
  public Future<JobPlan> plan(Call call, String jobId, Envelope absent) {
    // Planning computes: not on the event loop.
    return call.blocking(() -> site.pipelines().planOf(jobId))
        .compose(call::await)
        .map(plan -> plan.orElseThrow(() -> new Refusal(absent)));
  }

  private Future<Party> party(Call call, Arguments arguments, Envelope absent) {
    return arguments.has("role") && arguments.has("party_id")
        ? Future.succeededFuture(PartyIds.party(arguments))
        : view(call, arguments, absent).map(JobRow::party);
  }
}
