package io.fedflow.transport.grpc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The links do over TLS what they do without. */
class GrpcLinksTlsTest extends GrpcLinksTest {

  @TempDir static Path folder;

  private final TestIdentities identities = TestIdentities.in(folder);

  @Override
  LinkSecurity security(String partyId) {
    // The test of the default route asks the site of this party for another one, too.
    return partyId.equals("10000")
        ? identities.security(partyId, "10001")
        : identities.security(partyId);
  }
}
