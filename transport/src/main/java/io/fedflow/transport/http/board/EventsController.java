package io.fedflow.transport.http.board;

import io.fedflow.Site;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.transport.http.v1.Lookup;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.Style;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Live events of a job as server-sent events. */
public final class EventsController implements Controller {

  private final Site site;
  private final Lookup lookup;
  private final EventStreams streams;

  /** Follows jobs of this site. */
  public EventsController(Site site, EventStreams streams) {
    this.site = site;
    this.lookup = new Lookup(site);
    this.streams = streams;
  }

  @Override
  public void mount(Routes routes) {
    routes.handle("/fedflow/v1/jobs/:job/events", routing -> follow(routes, routing));
  }

  private void follow(Routes routes, RoutingContext routing) {
    Call call = routes.callOf(routing);
    Future.succeededFuture()
        .map(start -> after(call))
        .compose(
            after ->
                lookup
                    .views(call, call.path("job"))
                    .map(views -> open(call, routing, views, after)))
        .onFailure(failure -> routes.answer(routing, Style.PLAIN, Future.failedFuture(failure)));
  }

  private Void open(Call call, RoutingContext routing, List<JobRow> views, long after) {
    if (views.isEmpty()) {
      throw FedflowException.invalid("job.unknown", "this site does not know the job");
    }
    Optional<EventStream> stream = streams.open(routing.response());
    if (stream.isEmpty()) {
      throw new FedflowException(
          FailureKind.EXHAUSTED, "events.too-many", "too many event streams are open; try later");
    }
    new JobFollower(site, call, call.path("job"), stream.get(), call.codec(), after).start(views);
    return null;
  }

  /** A browser that comes back sends the last id it saw; that wins over the address. */
  private static long after(Call call) {
    String seen = call.header("Last-Event-ID");
    Map<String, Object> places = new LinkedHashMap<>(call.query().all());
    if (seen != null && !seen.isBlank()) {
      places.put("after", seen);
    }
    return new Arguments(places).integer("after", 0, 0, Integer.MAX_VALUE);
  }
}
