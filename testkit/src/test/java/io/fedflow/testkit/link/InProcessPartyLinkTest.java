package io.fedflow.testkit.link;

import java.time.Duration;

class InProcessPartyLinkTest extends PartyLinkContract {

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return new InProcessWorld(patience);
  }
}
