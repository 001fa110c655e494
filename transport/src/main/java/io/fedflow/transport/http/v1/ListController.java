package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Role;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.TaskQuery;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code /v1/job/list}: pages of jobs and tasks with filters by parts of texts. */
public final class ListController implements Controller {

  private static final int ALL = 100_000;
  private static final int BAD_REQUEST = 400;

  private final Site site;
  private final JobColumns jobColumns;
  private final TaskColumns taskColumns;

  /** Routes onto this site. */
  public ListController(Site site, ZoneId zone) {
    this.site = site;
    this.jobColumns = new JobColumns(zone);
    this.taskColumns = new TaskColumns(zone);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/job/list/job", call -> checked(() -> jobs(call)));
    routes.post("/v1/job/list/task", call -> checked(() -> tasks(call)));
  }

  /** Wrong values are answered with HTTP 400 here. */
  private static Future<? extends Answer> checked(Supplier<Future<? extends Answer>> list) {
    try {
      return list.get();
    } catch (FedflowException wrong) {
      throw new Refusal(Envelope.status(BAD_REQUEST, wrong.getMessage()));
    }
  }

  private static List<String> roles(Arguments arguments) {
    List<String> roles = arguments.texts("role");
    for (String role : roles) {
      if (!Role.isName(role)) {
        throw FedflowException.invalid(
            "argument.type",
            "role: found '" + role + "', allowed a role such as guest, host, arbiter or local");
      }
    }
    return roles;
  }

  private Future<? extends Answer> jobs(Call call) {
    Arguments arguments = call.arguments();
    Optional<Set<JobStatus>> statuses = RowFilters.jobStatuses(arguments);
    if (statuses.isEmpty()) {
      throw FedflowException.invalid(
          "argument.type",
          "status: found "
              + arguments.texts("status")
              + ", allowed "
              + Stream.of(JobStatus.values()).map(JobStatus::text).toList());
    }
    ListOrder order = ListOrder.of(arguments, "desc");
    Page.Asked page = Page.Asked.of(arguments);
    JobSearch search =
        new JobSearch(
            arguments.text("job_id").orElse(""),
            arguments.text("party_id").orElse(""),
            arguments.text("description").orElse(""),
            arguments.text("partner"),
            roles(arguments),
            statuses.get(),
            order.ofJobs(),
            order.descendingJobs(),
            page.offset(),
            page.limit() == 0 ? ALL : page.limit());
    return call.await(site.tracking().search(search))
        .map(found -> Envelope.ok(tree(found)).large());
  }

  private Map<String, Object> tree(JobPage found) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("jobs", found.rows().stream().map(this::job).toList());
    tree.put("count", found.total());
    return tree;
  }

  private Map<String, Object> job(JobRow row) {
    Map<String, Object> job = new LinkedHashMap<>(jobColumns.of(row));
    job.put("party_id", PartyIds.wire(row.party().id()));
    job.put("partners", partners(row));
    return job;
  }

  private static List<Object> partners(JobRow row) {
    return row.parties().all().stream()
        .filter(party -> !party.equals(row.party()))
        .map(party -> party.id())
        .distinct()
        .sorted()
        .map(PartyIds::wire)
        .toList();
  }

  private Future<? extends Answer> tasks(Call call) {
    Arguments arguments = call.arguments();
    TaskQuery query =
        new TaskQuery(
            List.of(),
            arguments.texts("component_name"),
            roles(arguments),
            arguments.texts("party_id"),
            Set.of(),
            Set.of(),
            false,
            0,
            ALL);
    String jobId = arguments.text("job_id").orElse("");
    Comparator<TaskRow> order = ListOrder.of(arguments, "asc").ofTasks();
    Page.Asked page = Page.Asked.of(arguments);
    return call.await(site.tracking().tasks(query))
        .compose(
            rows ->
                call.blocking(
                    () ->
                        Page.of(
                                rows.stream()
                                    .filter(row -> row.task().jobId().contains(jobId))
                                    .sorted(order)
                                    .toList(),
                                page)
                            .tree("tasks", taskColumns::of)))
        .map(tree -> Envelope.ok(tree).large());
  }
}
