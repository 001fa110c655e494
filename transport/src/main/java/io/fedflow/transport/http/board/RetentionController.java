package io.fedflow.transport.http.board;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.pipeline.Retention;
import io.fedflow.pipeline.Swept;
import io.fedflow.spi.TrackingStore.Kind;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Drops what ended jobs left for longer than it is to be kept. */
public final class RetentionController implements Controller {

  private static final int MOST_DAYS = 36_500;

  private final Site site;
  private final Retention retention;

  /**
   * Cleans this site.
   *
   * @param retention the site's own times, for who names none
   */
  public RetentionController(Site site, Retention retention) {
    this.site = site;
    this.retention = retention;
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/fedflow/v1/retention", call -> Future.succeededFuture(Envelope.ok(days())));
    routes.plainPost("/fedflow/v1/retention/clean", this::clean);
  }

  /** How many days each kind is kept; what is kept for good is not among them. */
  private Map<String, Object> days() {
    Map<String, Object> days = new LinkedHashMap<>();
    retention.keep().forEach((kind, time) -> days.put(name(kind), time.toDays()));
    return days;
  }

  private Future<? extends Answer> clean(Call call) {
    Arguments arguments = call.arguments();
    Map<Kind, Duration> named = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      int days = arguments.integer(name(kind) + "_days", -1, 0, MOST_DAYS);
      if (days >= 0) {
        named.put(kind, Duration.ofDays(days));
      }
    }
    Retention asked = named.isEmpty() ? retention : new Retention(named);
    if (asked.keep().isEmpty()) {
      throw FedflowException.invalid(
          "retention.none",
          "this server keeps everything for good; name outputs_days, metrics_days or logs_days");
    }
    return call.await(site.pipelines().sweep(asked, arguments.flag("dry_run", false)))
        .map(swept -> Envelope.ok(tree(swept)).large());
  }

  private static Map<String, Object> tree(Swept swept) {
    List<Swept.Job> dropped = swept.jobs().stream().filter(job -> job.kept().isEmpty()).toList();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("dry_run", swept.dryRun());
    tree.put("jobs", swept.jobs().stream().map(RetentionController::tree).toList());
    tree.put("cleaned", dropped.size());
    tree.put("kept", swept.jobs().size() - dropped.size());
    tree.put("tables", dropped.stream().mapToInt(Swept.Job::tables).sum());
    tree.put("bytes", dropped.stream().mapToLong(Swept.Job::bytes).sum());
    tree.put("more", swept.more());
    return tree;
  }

  private static Map<String, Object> tree(Swept.Job job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job_id", job.jobId());
    tree.put("ended", job.ended());
    tree.put("kinds", job.kinds().stream().sorted().map(RetentionController::name).toList());
    tree.put("tables", job.tables());
    tree.put("bytes", job.bytes());
    tree.put("kept", job.kept());
    return tree;
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
