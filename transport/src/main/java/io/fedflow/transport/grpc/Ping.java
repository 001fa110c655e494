package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;
import java.util.List;

/**
 * How the server of a party answered.
 *
 * @param peer what it says about itself
 * @param address where it was reached
 * @param micros how long each round trip took, in microseconds, in the order made; not empty
 */
public record Ping(PeerInfo peer, SiteAddress address, List<Long> micros) {

  /** Copies the list. */
  public Ping {
    micros = List.copyOf(micros);
  }
}
