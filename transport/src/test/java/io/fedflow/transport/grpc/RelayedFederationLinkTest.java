package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.FederationLinkContract;
import io.fedflow.testkit.link.LinkWorld;
import java.time.Duration;

/** Both sites know only a relay, and it knows them. */
class RelayedFederationLinkTest extends FederationLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return GrpcWorld.relayed(patience, partyId -> LinkSecurity.plaintext());
  }
}
