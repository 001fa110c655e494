package io.fedflow.testkit.link;

import java.time.Duration;

class InProcessFederationLinkTest extends FederationLinkTck {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return new InProcessWorld(patience);
  }
}
