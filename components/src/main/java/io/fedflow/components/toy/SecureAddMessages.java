package io.fedflow.components.toy;

import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Role;
import java.util.List;

/** The messages of {@link SecureAddExample}. */
final class SecureAddMessages {

  static final MessageTag GUEST_SHARE = MessageTag.of("secure_add_guest_share");
  static final MessageTag HOST_SHARE = MessageTag.of("secure_add_host_share");
  static final MessageTag HOST_SUM = MessageTag.of("secure_add_host_sum");

  static final List<MessageDeclaration> ALL =
      List.of(
          MessageDeclaration.masked(
              GUEST_SHARE.name(), Role.GUEST, Role.HOST, "how many rows there are"),
          MessageDeclaration.masked(
              HOST_SHARE.name(), Role.HOST, Role.GUEST, "how many rows there are"),
          MessageDeclaration.open(
              HOST_SUM.name(), Role.HOST, Role.GUEST, "the sum of all the host's rows"));

  private SecureAddMessages() {}
}
