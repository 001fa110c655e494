package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** {@code /v1/tracking/component}: metrics. */
public final class MetricController implements Controller {

  private static final Envelope NONE = Envelope.ok(Map.of());

  private final Site site;
  private final Lookup lookup;

  /** Routes onto this site. */
  public MetricController(Site site) {
    this.site = site;
    this.lookup = new Lookup(site);
  }

  @Override
  public void mount(Routes routes) {
    routes.postOfJob("/v1/tracking/component/metrics", this::names);
    routes.postOfJob("/v1/tracking/component/metric/all", this::all);
    routes.postOfJob("/v1/tracking/component/metric_data", this::one);
    routes.post("/v1/tracking/component/metric/delete", this::delete);
  }

  private Future<? extends Answer> names(Call call) {
    return metrics(call, call.arguments()).map(metrics -> Envelope.ok(metrics.names()));
  }

  private Future<? extends Answer> all(Call call) {
    return metrics(call, call.arguments()).map(metrics -> Envelope.ok(metrics.all()).large());
  }

  private Future<? extends Answer> one(Call call) {
    Arguments arguments = call.arguments().require("metric_namespace", "metric_name");
    String namespace = arguments.requiredText("metric_namespace");
    String name = arguments.requiredText("metric_name");
    return metrics(call, arguments)
        .map(
            metrics ->
                Envelope.ok(metrics.points(namespace, name))
                    .meta(metrics.meta(namespace, name))
                    .large());
  }

  private Future<? extends Answer> delete(Call call) {
    String jobId =
        call.arguments()
            .text("job_id")
            .orElseThrow(
                () ->
                    Refusal.of(
                        Retcode.EXCEPTION,
                        "required arguments are missing: job_id; metrics are deleted by job, not by"
                            + " date"));
    return call.await(site.tracking().deleteMetrics(jobId))
        .map(done -> Envelope.ok("deleted the metrics of job " + jobId));
  }

  private Future<Metrics> metrics(Call call, Arguments arguments) {
    return lookup
        .task(call, arguments, NONE)
        .compose(
            task -> {
              Future<List<MetricValue>> values =
                  call.await(site.tracking().metrics(task.task(), task.party()));
              Future<List<MetricMeta>> metas =
                  call.await(site.tracking().metricMetas(task.task(), task.party()));
              return Future.all(values, metas)
                  .map(both -> new Metrics(values.result(), metas.result()));
            });
  }
}
