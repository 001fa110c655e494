package io.fedflow.transport.client;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A job being followed. Ends by itself with the job; close it to stop earlier. A server that has
 * only FATE's routes tells no events: it is asked for the job's status every second, and all the
 * news is the end. Thread-safe.
 */
public final class JobFollowing implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Wire wire;
  private final String jobId;
  private final String path;
  private final Consumer<JobNews> listener;
  private final CompletableFuture<JobNews> end = new CompletableFuture<>();
  private volatile SseLines current;
  private volatile long last;
  private volatile int failures;

  JobFollowing(Wire wire, String jobId, String path, long after, Consumer<JobNews> listener) {
    this.wire = wire;
    this.jobId = jobId;
    this.path = path;
    this.listener = listener;
    this.last = after;
  }

  /**
   * Completes with the last news, whose data hold {@code status} and {@code cause}; fails if the
   * server does not know the job or stays away.
   */
  public CompletionStage<JobNews> ended() {
    return end.minimalCompletionStage();
  }

  /** Stops following; the job itself goes on. */
  @Override
  public void close() {
    end.completeExceptionally(FedflowException.cancelled("no longer following the job"));
    SseLines lines = current;
    if (lines != null) {
      lines.cancel();
    }
  }

  void connect() {
    SseLines lines = new SseLines(this::accept);
    current = lines;
    HttpRequest request = wire.request(path + "?after=" + last).GET().build();
    BodyHandler<String> handler =
        info ->
            info.statusCode() == 200 && !isEnvelope(info.headers())
                ? BodySubscribers.fromLineSubscriber(
                    lines, done -> "", StandardCharsets.UTF_8, null)
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    wire.send(request, handler)
        .whenComplete(
            (response, failure) -> {
              if (current != lines) {
                // Given up before for its silence.
                return;
              }
              if (failure != null) {
                again(ClientFailures.transport(wire.options().server(), failure));
              } else if (response.statusCode() == 200) {
                if (isEnvelope(response.headers())) {
                  poll();
                } else {
                  again(cut());
                }
              } else {
                refused(response.statusCode(), response.body());
              }
            });
    watch(lines, 0);
    if (end.isDone()) {
      lines.cancel();
    }
  }

  /** FATE's servers refuse with HTTP 200 and a JSON document, also what they have no route for. */
  private static boolean isEnvelope(HttpHeaders headers) {
    return headers.firstValue("Content-Type").orElse("").startsWith("application/json");
  }

  private void poll() {
    // Nobody is to wait for heartbeats.
    current = null;
    JobPolling polling =
        new JobPolling(
            () ->
                wire.answer(wire.request("POST", "/v1/job/query", Map.of("job_id", jobId)).build()),
            PAUSE,
            jobId);
    end.whenComplete((last, failure) -> polling.stop());
    polling
        .ended()
        .whenComplete(
            (ended, failure) -> {
              if (failure != null) {
                end.completeExceptionally(ClientFailures.unwrap(failure));
              } else if (!end.isDone()) {
                JobNews news =
                    new JobNews(
                        "end", 0, Map.of("status", ended.status().text(), "cause", ended.cause()));
                listener.accept(news);
                end.complete(news);
              }
            });
  }

  /** A connection can die without a word; a server that lives sends heartbeats. */
  private void watch(SseLines lines, long heard) {
    after(
        wire.options().silence(),
        () -> {
          if (current != lines || end.isDone()) {
            return;
          }
          if (lines.lines() > heard) {
            watch(lines, lines.lines());
            return;
          }
          current = null;
          lines.cancel();
          again(cut());
        });
  }

  private static void after(Duration pause, Runnable work) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(work);
  }

  private void accept(SseLines.Event event) {
    if (end.isDone()) {
      return;
    }
    failures = 0;
    if (!event.id().isEmpty()) {
      last = Long.parseLong(event.id());
    }
    Map<String, Object> data = Trees.object(wire.codec().read(event.data()));
    JobNews news = new JobNews(event.type(), event.id().isEmpty() ? 0 : last, data);
    switch (event.type()) {
      case "state", "log", "metric", "progress" -> listener.accept(news);
      case "end" -> {
        listener.accept(news);
        end.complete(news);
      }
      default -> {
        // The server says why it cuts the stream; coming back is the answer to all of it.
      }
    }
  }

  private void refused(int status, String body) {
    try {
      wire.checked(status, body);
    } catch (FedflowException refusal) {
      boolean later =
          refusal.kind() == FailureKind.UNAVAILABLE || refusal.kind() == FailureKind.EXHAUSTED;
      if (later) {
        again(refusal);
      } else {
        end.completeExceptionally(refusal);
      }
    }
  }

  private void again(FedflowException why) {
    if (end.isDone()) {
      return;
    }
    failures++;
    if (failures > wire.options().reconnects()) {
      end.completeExceptionally(why);
      return;
    }
    after(
        PAUSE,
        () -> {
          if (!end.isDone()) {
            connect();
          }
        });
  }

  private FedflowException cut() {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "server.broken",
        "the server at " + wire.options().server() + " cut the events of the job");
  }
}
