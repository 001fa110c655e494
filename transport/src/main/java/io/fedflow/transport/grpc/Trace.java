package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;
import java.util.List;
import java.util.Optional;

/**
 * The way of a greeting to the server of a party, relay by relay.
 *
 * @param address where it left to
 * @param legs its parts, the nearest first; the last one ends at the party, or where it got lost;
 *     empty if it did not even leave
 * @param peer what the party's server says about itself; empty if it was not reached
 * @param trouble why it was not; empty if it was
 */
public record Trace(SiteAddress address, List<Leg> legs, Optional<PeerInfo> peer, String trouble) {

  /** Copies the list. */
  public Trace {
    legs = List.copyOf(legs);
  }

  /**
   * A part of a way, there and back.
   *
   * @param to the party id of the relay, or of the party, where it ends
   * @param micros how long it took, in microseconds, without what lies beyond
   * @param reached whether its end answered
   */
  public record Leg(String to, long micros, boolean reached) {}
}
