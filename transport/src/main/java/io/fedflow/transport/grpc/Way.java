package io.fedflow.transport.grpc;

import io.fedflow.tracking.TraceContext;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The way of one delivery to a party: which of its addresses each attempt takes. The route is
 * looked up for every attempt, so a delivery feels that it changed. Confined to one context.
 */
final class Way {

  private final String partyId;
  private final Optional<TraceContext> trace;
  private final Optional<String> jobId;
  private final Supplier<RoutingTable> routing;
  private final Reachability reachability;
  private final Set<SiteAddress> tried = new HashSet<>();

  /**
   * A way that nobody went so far.
   *
   * @param trace what the delivery belongs to, told with it; empty for what belongs to no job
   * @param jobId the job that it is about, told with it; empty for none
   * @param routing never blocks
   * @param reachability shared by all ways of a site
   */
  Way(
      String partyId,
      Optional<TraceContext> trace,
      Optional<String> jobId,
      Supplier<RoutingTable> routing,
      Reachability reachability) {
    this.partyId = partyId;
    this.trace = trace;
    this.jobId = jobId;
    this.routing = routing;
    this.reachability = reachability;
  }

  String partyId() {
    return partyId;
  }

  /** What tells the receiver to which job and which trace a call belongs. */
  void tell(MultiMap headers) {
    jobId.ifPresent(id -> headers.set(Protocol.JOB, id));
    trace.ifPresent(context -> headers.set(Protocol.TRACE_PARENT, context.traceparent()));
  }

  /** The address for the next attempt; empty if no route leads to the party any more. */
  Optional<SiteAddress> next() {
    List<SiteAddress> addresses = addresses();
    if (addresses.isEmpty()) {
      return Optional.empty();
    }
    List<SiteAddress> left = untried(addresses);
    if (left.isEmpty()) {
      tried.clear();
      left = addresses;
    }
    SiteAddress next = reachability.best(left);
    tried.add(next);
    return Optional.of(next);
  }

  /** Whether there is an address that was not tried in this round. */
  boolean more() {
    return !untried(addresses()).isEmpty();
  }

  void worked(SiteAddress address) {
    reachability.worked(address);
  }

  void failed(SiteAddress address) {
    reachability.failed(address);
  }

  private List<SiteAddress> addresses() {
    return routing.get().route(partyId).map(Route::addresses).orElse(List.of());
  }

  private List<SiteAddress> untried(List<SiteAddress> addresses) {
    return addresses.stream().filter(address -> !tried.contains(address)).toList();
  }
}
