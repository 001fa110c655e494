package io.fedflow.transport.grpc;

import io.fedflow.transport.grpc.wire.HelloReply;
import java.util.Set;

/**
 * What a site says about itself.
 *
 * @param oldestProtocol the oldest protocol version that it understands
 * @param newestProtocol the newest one
 * @param software its software and version, for people
 * @param partyIds the party ids that it serves
 */
public record PeerInfo(
    int oldestProtocol, int newestProtocol, String software, Set<String> partyIds) {

  /** Copies the set. */
  public PeerInfo {
    partyIds = Set.copyOf(partyIds);
  }

  /** Reads what a site answers to a greeting. */
  static PeerInfo of(HelloReply reply) {
    return new PeerInfo(
        reply.getProtocols().getOldest(),
        reply.getProtocols().getNewest(),
        reply.getSoftware(),
        Set.copyOf(reply.getPartyIdsList()));
  }
}
