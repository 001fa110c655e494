package io.fedflow.transport.grpc;

import io.fedflow.spi.SiteServer;
import io.fedflow.transport.owner.JobOwners;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Passes calls about a job on to the server of this site that has it, as a relay does, byte by
 * byte. One that was passed on once is not passed on again: if the job moved meanwhile, the caller
 * hears that it is not there, and tries again. Thread-safe.
 */
final class OwnedCalls {

  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final LocalSite site;
  private final JobOwners owners;
  private final Onward onward;
  private final Callers callers;

  /**
   * Calls at a server that shares its stores.
   *
   * @param site what this site serves
   * @param owners tells who has a job
   * @param onward the connections to the others
   * @param callers tells who calls
   */
  OwnedCalls(LocalSite site, JobOwners owners, Onward onward, Callers callers) {
    this.site = site;
    this.owners = owners;
    this.onward = onward;
    this.callers = callers;
  }

  /** Passes a call on, or lets this server answer it. */
  void handle(HttpServerRequest call, Handler<HttpServerRequest> here) {
    String jobId = call.getHeader(Protocol.JOB);
    String to = call.getHeader(Protocol.TO_PARTY);
    if (jobId == null
        || !JOB.matcher(jobId).matches()
        || to == null
        || !site.partyIds().contains(to)
        || call.headers().contains(Protocol.WITHIN)
        || call.version() != HttpVersion.HTTP_2) {
      here.handle(call);
      return;
    }
    // Nothing is read before it is known who reads it.
    call.pause();
    Context context = Vertx.currentContext();
    Future.fromCompletionStage(owners.elsewhere(jobId), context)
        .recover(unknown -> Future.succeededFuture(Optional.empty()))
        .onSuccess(
            owner -> {
              if (owner.isPresent() && owner.get().grpcPort() > 0) {
                pass(call, to, owner.get());
              } else {
                here.handle(call);
                call.resume();
              }
            });
  }

  private void pass(HttpServerRequest call, String to, SiteServer owner) {
    call.headers().set(Protocol.WITHIN, owner.instanceId());
    String via = call.getHeader(Protocol.VIA);
    Route route = Route.to(new SiteAddress(owner.host(), owner.grpcPort()));
    new Forwarding(call, to, to, callers.partyIds(call))
        .start(onward, route, via == null ? "" : via);
  }
}
