package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.job.JobRow;
import io.fedflow.party.Party;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.Map;

/** What the plan of a job tells: its graph, and who takes part with which tables. */
public final class PlanController implements Controller {

  private final Site site;
  private final Lookup lookup;

  /** Routes onto this site. */
  public PlanController(Site site) {
    this.site = site;
    this.lookup = new Lookup(site);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/pipeline/dag/dependency", this::dependency);
    routes.post("/v1/tracking/job/data_view", this::dataView);
  }

  private Future<? extends Answer> dependency(Call call) {
    Arguments arguments = call.arguments();
    Party party = PartyIds.party(arguments);
    return plan(call, arguments)
        .map(plan -> Envelope.ok(new Dependencies(plan, party).tree()).large());
  }

  private Future<JobPlan> plan(Call call, Arguments arguments) {
    if (arguments.has("job_id")) {
      return lookup.plan(
          call,
          arguments.requiredText("job_id"),
          Envelope.error(Retcode.EXCEPTION, "no job could be found"));
    }
    JobDocuments documents =
        new JobDocuments(
            arguments.object("job_dsl").orElse(Map.of()),
            arguments.require("job_runtime_conf").object("job_runtime_conf").orElseThrow());
    return call.blocking(() -> site.pipelines().plan(documents));
  }

  private Future<? extends Answer> dataView(Call call) {
    Arguments arguments = call.arguments();
    Envelope absent = Envelope.error(Retcode.ARGUMENT, "no job could be found");
    Future<JobRow> view = lookup.view(call, arguments, absent);
    return view.compose(job -> lookup.plan(call, job.jobId(), absent))
        .map(plan -> Envelope.ok(DataView.of(view.result(), plan)));
  }
}
