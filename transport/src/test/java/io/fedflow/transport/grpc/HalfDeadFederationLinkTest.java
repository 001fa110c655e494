package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.FederationLinkContract;
import io.fedflow.testkit.link.LinkWorld;
import java.time.Duration;

/** Of two addresses of every party the preferred one is dead. */
class HalfDeadFederationLinkTest extends FederationLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return GrpcWorld.halfDead(patience);
  }
}
