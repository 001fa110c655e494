package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.LinkWorld;
import io.fedflow.testkit.link.PartyLinkContract;
import java.time.Duration;

/** Of two addresses of every party the preferred one is dead. */
class HalfDeadPartyLinkTest extends PartyLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return GrpcWorld.halfDead(patience);
  }
}
