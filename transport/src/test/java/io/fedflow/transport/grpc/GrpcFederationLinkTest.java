package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.FederationLinkContract;
import io.fedflow.testkit.link.LinkWorld;
import java.time.Duration;

class GrpcFederationLinkTest extends FederationLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return new GrpcWorld(patience);
  }
}
