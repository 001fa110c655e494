package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.LinkWorld;
import io.fedflow.testkit.link.PartyLinkContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The contract over TLS and through a relay, which tells whom a call comes from. */
class RelayedPartyLinkTlsTest extends PartyLinkContract {

  @TempDir static Path folder;

  private final TestIdentities identities = TestIdentities.in(folder);

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return GrpcWorld.relayed(
        patience,
        partyId ->
            partyId.equals(GrpcWorld.EXCHANGE)
                ? identities.relay(partyId)
                : identities.security(partyId));
  }
}
