package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.LinkWorld;
import io.fedflow.testkit.link.PartyLinkContract;
import java.time.Duration;

class GrpcPartyLinkTest extends PartyLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return new GrpcWorld(patience);
  }
}
