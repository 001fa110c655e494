package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.dsl.TableRef;
import io.fedflow.party.Party;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/table/list} and {@code /v1/table/tracking}: which jobs read and made which tables. */
public final class LineageController implements Controller {

  private static final Envelope NO_JOB = Envelope.error(Retcode.ARGUMENT, "no job could be found");

  private final Site site;
  private final Lookup lookup;
  private final Lineage lineage;

  /** Routes onto this site. */
  public LineageController(Site site) {
    this.site = site;
    this.lookup = new Lookup(site);
    this.lineage = new Lineage(site);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/table/list", this::list);
    routes.post("/v1/table/tracking/source", this::sources);
    routes.post("/v1/table/tracking/job", this::readers);
  }

  private Future<? extends Answer> list(Call call) {
    Arguments arguments = call.arguments().require("job_id", "role", "party_id");
    String jobId = arguments.requiredText("job_id");
    Party party = PartyIds.party(arguments);
    return lookup
        .view(call, arguments, NO_JOB)
        .compose(view -> lookup.plan(call, jobId, NO_JOB))
        .compose(plan -> call.blocking(() -> tables(plan, jobId, party)))
        .map(tree -> Envelope.ok(tree).large());
  }

  private Map<String, Object> tables(JobPlan plan, String jobId, Party party) {
    JobTables tables = new JobTables(site.tracking(), plan, jobId, party);
    Map<String, Object> tree = new LinkedHashMap<>();
    for (PlannedTask task : plan.tasks()) {
      if (task.runsAt(party)) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("input", named(tables.inputs(task)));
        both.put("output", named(tables.outputs(task.component())));
        tree.put(task.component(), both);
      }
    }
    return tree;
  }

  private static Map<String, Object> named(Map<String, TableRef> tables) {
    Map<String, Object> named = new LinkedHashMap<>();
    tables.forEach(
        (key, table) ->
            named.put(key, Map.of("name", table.name(), "namespace", table.namespace())));
    return named;
  }

  private Future<? extends Answer> sources(Call call) {
    return known(call)
        .compose(table -> call.blocking(() -> lineage.sources(table)))
        .map(Envelope::ok);
  }

  private Future<? extends Answer> readers(Call call) {
    return known(call)
        .compose(table -> call.blocking(() -> lineage.readers(table)))
        .map(jobs -> Envelope.ok(Map.of("count", jobs.size(), "job", List.copyOf(jobs))));
  }

  private Future<TableRef> known(Call call) {
    TableRef table = TableNamed.by(call.arguments());
    return call.await(site.data().find(table.namespace(), table.name()))
        .map(
            found -> {
              if (found.isEmpty()) {
                throw Refusal.of(Retcode.EXCEPTION, "table " + table + " is unknown at this site");
              }
              return table;
            });
  }
}
