package io.fedflow.transport.grpc;

import io.fedflow.testkit.link.FederationLinkContract;
import io.fedflow.testkit.link.LinkWorld;
import io.fedflow.transport.route.Route;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The contract over TLS. */
class GrpcFederationLinkTlsTest extends FederationLinkContract {

  @TempDir static Path folder;

  private final TestIdentities identities = TestIdentities.in(folder);

  @Override
  protected LinkWorld newWorld(Duration patience) {
    return new GrpcWorld(patience, Route::to, partyId -> identities.security(partyId));
  }
}
