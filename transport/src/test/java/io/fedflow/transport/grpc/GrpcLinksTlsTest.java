package io.fedflow.transport.grpc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The links do over TLS what they do without. */
class GrpcLinksTlsTest extends GrpcLinksTest {

  @TempDir static Path folder;

  private final TestIdentities identities = TestIdentities.in(folder);

  @Override
  LinkSecurity security(String partyId) {
    return identities.security(partyId);
  }
}
