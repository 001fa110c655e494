package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.TaskQuery;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code /v1/job/list}: pages of jobs and tasks with filters by parts of texts. */
public final class ListController implements Controller {

  private static final int ALL = 100_000;

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
    routes.post("/v1/job/list/job", this::jobs);
    routes.post("/v1/job/list/task", this::tasks);
  }

  private Future<? extends Answer> jobs(Call call) {
    Arguments arguments = call.arguments();
    Optional<Set<JobStatus>> statuses = RowFilters.jobStatuses(arguments);
    if (statuses.isEmpty()) {
      return Future.succeededFuture(
          Envelope.status(
              400,
              "status: found "
                  + arguments.texts("status")
                  + ", allowed "
                  + Stream.of(JobStatus.values()).map(JobStatus::text).toList()));
    }
    JobQuery query =
        new JobQuery(List.of(), arguments.texts("role"), List.of(), statuses.get(), true, 0, ALL);
    Predicate<JobRow> wanted = wantedJob(arguments);
    Comparator<JobRow> order = order(arguments);
    return call.await(site.tracking().jobs(query))
        .compose(
            rows ->
                // Sorting many rows computes: not on the event loop.
                call.blocking(
                    () ->
                        Page.of(rows.stream().filter(wanted).sorted(order).toList(), arguments)
                            .tree("jobs", this::job)))
        .map(tree -> Envelope.ok(tree).large());
  }

  private static Predicate<JobRow> wantedJob(Arguments arguments) {
    String jobId = arguments.text("job_id").orElse("");
    String notes = arguments.text("description").orElse("");
    String party = arguments.text("party_id").orElse("");
    Optional<String> partner = arguments.text("partner");
    return row ->
        row.jobId().contains(jobId)
            && row.notes().contains(notes)
            && row.party().id().contains(party)
            && partner.map(p -> partners(row).contains(PartyIds.wire(p))).orElse(true);
  }

  /** Rows come newest first; a sort by another column is stable. */
  private static Comparator<JobRow> order(Arguments arguments) {
    String column = arguments.text("order_by").orElse("create_time");
    Comparator<JobRow> order =
        switch (column) {
          case "job_id" -> Comparator.comparing(JobRow::jobId);
          case "start_time" -> Comparator.comparingLong(JobRow::startTime);
          case "end_time" -> Comparator.comparingLong(JobRow::endTime);
          case "elapsed" -> Comparator.comparingLong(row -> row.endTime() - row.startTime());
          default -> Comparator.comparingLong(JobRow::createTime);
        };
    return arguments.text("order").orElse("desc").equals("asc") ? order : order.reversed();
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
            arguments.texts("role"),
            arguments.texts("party_id"),
            Set.of(),
            Set.of(),
            false,
            0,
            ALL);
    String jobId = arguments.text("job_id").orElse("");
    Comparator<TaskRow> order = Comparator.comparingLong(TaskRow::createTime);
    Comparator<TaskRow> asked =
        arguments.text("order").orElse("asc").equals("desc") ? order.reversed() : order;
    return call.await(site.tracking().tasks(query))
        .compose(
            rows ->
                call.blocking(
                    () ->
                        Page.of(
                                rows.stream()
                                    .filter(row -> row.task().jobId().contains(jobId))
                                    .sorted(asked)
                                    .toList(),
                                arguments)
                            .tree("tasks", taskColumns::of)))
        .map(tree -> Envelope.ok(tree).large());
  }
}
