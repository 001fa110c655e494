package io.fedflow.transport.http.board;

import io.fedflow.Site;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JsonCodec;
import io.fedflow.tracking.TrackingManager.TaskNews;
import io.fedflow.transport.http.wire.Call;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Feeds one stream with one job: stored events first, a page at a time as the reader takes them,
 * then live ones, and the end once the job ended at every party of this site. News of tasks flow
 * beside them from the start.
 */
final class JobFollower {

  private static final Logger LOG = System.getLogger(JobFollower.class.getName());
  private static final int PAGE = 500;

  private final Site site;
  private final Call call;
  private final String jobId;
  private final EventStream stream;
  private final NewsText text;
  private final Set<Party> running = new HashSet<>();
  private final Object turn = new Object();

  /** Guarded by {@code turn}: live events come on threads of the engine. */
  private long last;

  /** Guarded by {@code turn}. */
  private boolean finishing;

  JobFollower(Site site, Call call, String jobId, EventStream stream, JsonCodec codec, long after) {
    this.site = site;
    this.call = call;
    this.jobId = jobId;
    this.stream = stream;
    this.text = new NewsText(codec);
    this.last = after;
  }

  /** Begins; on the event loop. */
  void start(List<JobRow> views) {
    views.stream()
        .filter(view -> !view.status().terminal())
        .forEach(view -> running.add(view.party()));
    closeWithStream(site.tracking().follow(jobId, this::news));
    replay()
        .onComplete(
            done -> {
              if (running.isEmpty()) {
                finish();
              } else {
                live();
              }
            },
            this::fail);
  }

  private void news(TaskNews news) {
    stream.offer(text.type(news), 0, text.news(news));
  }

  /** Sends what is stored after the last event sent. */
  private Future<Void> replay() {
    if (stream.isClosed()) {
      return Future.succeededFuture();
    }
    return call.await(site.queue().events(jobId, lastSent(), PAGE))
        .compose(
            events -> {
              events.forEach(this::send);
              return events.size() < PAGE
                  ? Future.succeededFuture()
                  : stream.drained().compose(drained -> replay());
            });
  }

  private void live() {
    if (!stream.isClosed()) {
      closeWithStream(site.queue().follow(jobId, lastSent(), this::send));
    }
  }

  private void send(JobEvent event) {
    synchronized (turn) {
      if (finishing || event.sequence() <= last) {
        return;
      }
      last = event.sequence();
      stream.offer("state", event.sequence(), text.state(event));
    }
    if (endsJob(event)) {
      stream.run(() -> ended(event.party()));
    }
  }

  private static boolean endsJob(JobEvent event) {
    return event.kind().equals("job.status")
        && JobStatus.of(String.valueOf(event.details().get("status")))
            .filter(JobStatus::terminal)
            .isPresent();
  }

  private void ended(Party party) {
    if (running.remove(party) && running.isEmpty()) {
      finish();
    }
  }

  /** Stragglers that were stored meanwhile come before the end. */
  private void finish() {
    synchronized (turn) {
      finishing = true;
    }
    call.await(site.queue().events(jobId, lastSent(), PAGE))
        .compose(
            stragglers -> {
              stragglers.forEach(e -> stream.offer("state", e.sequence(), text.state(e)));
              return call.await(site.tracking().jobs(JobQuery.ofJob(jobId)));
            })
        .onComplete(views -> stream.finish("end", end(views)), this::fail);
  }

  private String end(List<JobRow> views) {
    JobRow view = views.stream().filter(JobRow::isInitiator).findFirst().orElse(views.get(0));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("job_id", jobId);
    data.put("status", view.status().text());
    data.put("cause", view.cause());
    return text.write(data);
  }

  private void fail(Throwable failure) {
    LOG.log(Level.WARNING, () -> jobId + ": event stream failed", failure);
    stream.finish("failed", "{\"reason\":\"the events cannot be read now; try again\"}");
  }

  private long lastSent() {
    synchronized (turn) {
      return last;
    }
  }

  private void closeWithStream(AutoCloseable follower) {
    stream.onClose(
        () -> {
          try {
            follower.close();
          } catch (Exception e) {
            LOG.log(Level.WARNING, () -> jobId + ": cannot stop following", e);
          }
        });
  }
}
