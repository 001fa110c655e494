package io.fedflow.transport.http.board;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A job's log at one party, a page at a time. */
public final class JobLogController implements Controller {

  private static final int MOST = 5_000;

  private final Site site;

  /** Reads logs of this site. */
  public JobLogController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/fedflow/v1/jobs/:job/parties/:role/:party/log", this::log);
  }

  private Future<? extends Answer> log(Call call) {
    Arguments query = call.query();
    int after = query.integer("after", 0, 0, Integer.MAX_VALUE);
    return call.await(
            site.tracking()
                .log(
                    call.path("job"),
                    party(call),
                    query.text("component").orElse(""),
                    level(query.text("level").orElse("INFO")),
                    after,
                    query.integer("limit", 1000, 1, MOST)))
        .map(lines -> Envelope.ok(page(lines, after)).large());
  }

  private static Map<String, Object> page(List<LogLine> lines, long after) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("lines", lines.stream().map(JobLogController::line).toList());
    page.put("last", lines.isEmpty() ? after : lines.get(lines.size() - 1).number());
    return page;
  }

  static Map<String, Object> line(LogLine line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("number", line.number());
    tree.put("time", line.time());
    tree.put("level", line.level().name());
    tree.put("component", line.component());
    tree.put("text", line.text());
    return tree;
  }

  static LogLine.Level level(String text) {
    return Arrays.stream(LogLine.Level.values())
        .filter(level -> level.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                FedflowException.invalid(
                    "argument.type",
                    "level: found '"
                        + text
                        + "', allowed "
                        + Arrays.toString(LogLine.Level.values())));
  }

  private static Party party(Call call) {
    try {
      return Party.of(call.path("role"), call.path("party"));
    } catch (IllegalArgumentException e) {
      throw FedflowException.invalid("argument.type", e.getMessage());
    }
  }
}
