package io.fedflow.transport.http.board;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.LogQuery;
import io.fedflow.tracking.LogLine;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Log lines over all jobs and parties of this site, a page at a time. */
public final class LogSearchController implements Controller {

  private static final int MOST = 5_000;

  /** Where a page ends: job, role and number hold no stroke, ids of parties may. */
  private static final Pattern PLACE = Pattern.compile("([^/]+)/([^/]+)/(\\d{1,18})/(.+)");

  private final Site site;

  /** Searches logs of this site. */
  public LogSearchController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/fedflow/v1/logs", this::search);
  }

  private Future<? extends Answer> search(Call call) {
    Arguments query = call.query();
    String text = query.text("text").orElse("");
    if (text.length() > LogQuery.MOST_TEXT) {
      throw FedflowException.invalid(
          "argument.type",
          "text: found " + text.length() + " characters, allowed " + LogQuery.MOST_TEXT);
    }
    LogQuery wanted =
        new LogQuery(
            query.text("job_id").orElse(""),
            query.text("role").orElse(""),
            query.text("party_id").orElse(""),
            query.text("component").orElse(""),
            JobLogController.level(query.text("level").orElse("INFO")),
            text,
            query.text("behind").filter(place -> !place.isEmpty()).map(LogSearchController::place),
            query.integer("limit", 1000, 1, MOST));
    return call.await(site.tracking().searchLog(wanted))
        .map(lines -> Envelope.ok(page(lines)).large());
  }

  private static Map<String, Object> page(List<LogLine> lines) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("lines", lines.stream().map(LogSearchController::line).toList());
    page.put("last", lines.isEmpty() ? "" : place(lines.get(lines.size() - 1)));
    return page;
  }

  private static Map<String, Object> line(LogLine line) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job_id", line.jobId());
    tree.put("role", line.party().role().name());
    tree.put("party_id", line.party().id());
    tree.putAll(JobLogController.line(line));
    return tree;
  }

  private static String place(LogLine line) {
    return line.jobId()
        + '/'
        + line.party().role().name()
        + '/'
        + line.number()
        + '/'
        + line.party().id();
  }

  private static LogQuery.Place place(String text) {
    Matcher parts = PLACE.matcher(text);
    try {
      return Optional.of(parts)
          .filter(Matcher::matches)
          .map(
              found ->
                  new LogQuery.Place(
                      found.group(1),
                      Party.of(found.group(2), found.group(4)),
                      Long.parseLong(found.group(3))))
          .orElseThrow(() -> unknown(text));
    } catch (IllegalArgumentException noParty) {
      throw unknown(text);
    }
  }

  private static FedflowException unknown(String text) {
    return FedflowException.invalid(
        "argument.type",
        "behind: found '"
            + text.substring(0, Math.min(100, text.length()))
            + "', allowed what 'last' of the page before says");
  }
}
