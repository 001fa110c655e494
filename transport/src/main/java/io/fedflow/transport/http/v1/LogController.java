package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.job.JobRow;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.FileAnswer;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** {@code /v1/job/log}: a job's logs to take away. */
public final class LogController implements Controller {

  private final Lookup lookup;
  private final LogArchive archive;

  /** Routes onto this site; archives are packed below the staging folder. */
  public LogController(Site site, ZoneId zone, Path staging) {
    this.lookup = new Lookup(site);
    this.archive = new LogArchive(site.tracking(), zone, staging);
  }

  @Override
  public void mount(Routes routes) {
    routes.download("/v1/job/log/download", this::download);
    routes.post("/v1/job/log/path", this::path);
  }

  private Future<? extends Answer> download(Call call) {
    String jobId = call.arguments().requiredText("job_id");
    return views(call, jobId)
        .compose(views -> call.blocking(() -> archive.pack(views)))
        .map(file -> new FileAnswer("job_" + jobId + "_log.tar.gz", "application/gzip", file));
  }

  private Future<? extends Answer> path(Call call) {
    String jobId = call.arguments().requiredText("job_id");
    return views(call, jobId).map(views -> Envelope.ok(Map.of("logs_directory", "logs/" + jobId)));
  }

  private Future<List<JobRow>> views(Call call, String jobId) {
    return lookup
        .views(call, jobId)
        .map(
            views -> {
              if (views.isEmpty()) {
                throw new Refusal(Envelope.status(404, "this site has no log of the job"));
              }
              return views;
            });
  }
}
