package io.fedflow.transport.http.owner;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.SiteServer;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.Style;
import io.fedflow.transport.owner.JobOwners;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before the routes that need a job live and passes requests on to the server of this site
 * that has it: as they are, so that what a client signed still holds, and once only. All other
 * routes read the store that the servers share. Thread-safe.
 */
public final class OwnedRequests implements Handler<RoutingContext> {

  /** Of FATE's routes, those that change a job; the body names it. */
  private static final Set<String> BY_BODY =
      Set.of(
          "/v1/job/stop",
          "/v1/job/rerun",
          "/v1/job/update",
          "/v1/job/parameter/update",
          "/v1/job/clean");

  private static final Pattern BY_PATH =
      Pattern.compile("/fedflow/v1/jobs/([A-Za-z0-9_-]{1,64})/(explain|approve|reject|events)");
  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Marks what was passed on once. */
  private static final String WITHIN = "fedflow-within";

  /** What concerns one connection only. */
  private static final Set<String> HOP =
      Set.of("connection", "transfer-encoding", "content-length", "host", "upgrade", "keep-alive");

  private static final int CONNECT_MILLIS = 2_000;

  private final JobOwners owners;
  private final Routes routes;
  private final JsonCodec codec;
  private final HttpClient client;

  /**
   * Requests at a server that shares its stores.
   *
   * @param owners tells who has a job
   * @param routes reads bodies and answers what fails
   * @param codec reads which job a body names
   */
  public OwnedRequests(Vertx vertx, JobOwners owners, Routes routes, JsonCodec codec) {
    this.owners = owners;
    this.routes = routes;
    this.codec = codec;
    this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
  }

  /** Ends the connections to the others. */
  public Future<Void> close() {
    return client.close();
  }

  @Override
  public void handle(RoutingContext routing) {
    String path = routing.normalizedPath();
    Matcher named = BY_PATH.matcher(path);
    boolean byPath = named.matches();
    if (routing.request().headers().contains(WITHIN) || !byPath && !BY_BODY.contains(path)) {
      routing.next();
      return;
    }
    Style style = path.startsWith("/v1/") ? Style.FATE : Style.PLAIN;
    routes.readBody(
        routing,
        style,
        body -> {
          Optional<String> jobId = byPath ? Optional.of(named.group(1)) : jobOf(body);
          if (jobId.isEmpty()) {
            routing.next();
          } else {
            find(routing, style, jobId.get(), body);
          }
        });
  }

  private void find(RoutingContext routing, Style style, String jobId, Buffer body) {
    Future.fromCompletionStage(owners.elsewhere(jobId), routing.vertx().getOrCreateContext())
        .recover(unknown -> Future.succeededFuture(Optional.empty()))
        .onSuccess(
            owner -> {
              if (owner.isEmpty()) {
                routing.next();
              } else {
                pass(routing, style, jobId, owner.get(), body);
              }
            });
  }

  /** What cannot be read is for the route itself to refuse. */
  private Optional<String> jobOf(Buffer body) {
    try {
      return codec.read(body.toString(StandardCharsets.UTF_8)) instanceof Map<?, ?> fields
              && fields.get("job_id") instanceof String jobId
              && JOB.matcher(jobId).matches()
          ? Optional.of(jobId)
          : Optional.empty();
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private void pass(
      RoutingContext routing, Style style, String jobId, SiteServer owner, Buffer body) {
    client
        .request(
            new RequestOptions()
                .setMethod(routing.request().method())
                .setHost(owner.host())
                .setPort(owner.httpPort())
                .setURI(routing.request().uri()))
        .compose(
            request -> {
              routing
                  .request()
                  .headers()
                  .forEach(
                      (name, value) -> {
                        if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                          request.headers().add(name, value);
                        }
                      });
              request.putHeader(WITHIN, owner.instanceId());
              return request.send(body);
            })
        .onComplete(
            answer -> passBack(routing.response(), answer),
            failure ->
                routes.answer(routing, style, Future.failedFuture(gone(jobId, owner, failure))));
  }

  private static FedflowException gone(String jobId, SiteServer owner, Throwable failure) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "job.elsewhere",
        "job "
            + jobId
            + " is at the server "
            + owner.host()
            + ':'
            + owner.httpPort()
            + " of this site, which does not answer: "
            + failure.getMessage()
            + "; ask again in some seconds, by then another one has it",
        failure);
  }

  private static void passBack(HttpServerResponse response, HttpClientResponse answer) {
    response.setStatusCode(answer.statusCode());
    answer
        .headers()
        .forEach(
            (name, value) -> {
              if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                response.headers().set(name, value);
              }
            });
    response.setChunked(true);
    response.closeHandler(hungUp -> answer.request().reset());
    // Cut in the middle, the client must not take it for whole.
    answer.pipe().endOnFailure(false).to(response).onFailure(cut -> response.reset());
  }
}
