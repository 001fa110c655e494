package io.fedflow.transport.grpc;

import io.fedflow.identity.PeerIdentity;
import io.fedflow.transport.route.SiteAddress;
import java.util.List;
import java.util.Optional;

/**
 * How the server of a party answered.
 *
 * @param peer what it says about itself
 * @param address where it was reached
 * @param certificate what the server there showed, perhaps a relay; empty without TLS
 * @param aheadMillis how far its clock is ahead of ours, negative if it is behind; 0 if it is less
 *     than a round trip, or it tells no clock
 * @param micros how long each round trip took, in microseconds, in the order made; not empty
 */
public record Ping(
    PeerInfo peer,
    SiteAddress address,
    Optional<PeerIdentity> certificate,
    long aheadMillis,
    List<Long> micros) {

  /** Copies the list. */
  public Ping {
    micros = List.copyOf(micros);
  }
}
