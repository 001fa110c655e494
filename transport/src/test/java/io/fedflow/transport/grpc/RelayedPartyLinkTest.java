package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.LinkWorld;
import io.fedflow.testkit.link.PartyLinkContract;
import java.time.Duration;

/** Both sites know only a relay, and it knows them. */
class RelayedPartyLinkTest extends PartyLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return GrpcWorld.relayed(patience, partyId -> LinkSecurity.plaintext());
  }
}
