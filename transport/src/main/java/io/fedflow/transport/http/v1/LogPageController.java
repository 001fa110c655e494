package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.Map;

/** {@code /v1/log}: a job's logs page by page, for FATE's board. */
public final class LogPageController implements Controller {

  /** What one answer may hold. */
  private static final int MOST_LINES = 10_000;

  private final Lookup lookup;
  private final LogPages pages;

  /** Routes onto this site. */
  public LogPageController(Site site, ZoneId zone) {
    this.lookup = new Lookup(site);
    this.pages = new LogPages(site.tracking(), zone);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/log/size", this::size);
    routes.post("/v1/log/cat", this::cat);
  }

  private Future<? extends Answer> size(Call call) {
    return selection(call, call.arguments())
        .compose(selection -> call.blocking(() -> pages.size(selection)))
        .map(lines -> Envelope.ok(Map.of("size", lines)));
  }

  private Future<? extends Answer> cat(Call call) {
    Arguments arguments = call.arguments();
    int begin = arguments.integer("begin", 1, 1, Integer.MAX_VALUE - MOST_LINES);
    int end = arguments.integer("end", begin + MOST_LINES - 1, 1, Integer.MAX_VALUE);
    if (end - begin >= MOST_LINES) {
      throw FedflowException.invalid(
          "argument.type",
          "end: found "
              + end
              + ", allowed at most "
              + (begin + MOST_LINES - 1)
              + " with begin "
              + begin);
    }
    return selection(call, arguments)
        .compose(selection -> call.blocking(() -> pages.lines(selection, begin, end)))
        .map(lines -> Envelope.ok(lines).large());
  }

  /** A job that this site does not know has no lines. */
  private Future<LogSelection> selection(Call call, Arguments arguments) {
    return lookup
        .views(call, arguments.requiredText("job_id"))
        .map(views -> LogSelection.of(arguments, views));
  }
}
