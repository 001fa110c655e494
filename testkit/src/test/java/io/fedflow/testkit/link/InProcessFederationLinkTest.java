package io.fedflow.testkit.link;

import java.time.Duration;

class InProcessFederationLinkTest extends FederationLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return new InProcessWorld(patience);
  }
}
