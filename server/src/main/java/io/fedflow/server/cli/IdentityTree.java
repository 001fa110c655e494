package io.fedflow.server.cli;

import io.fedflow.identity.PeerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A certificate as commands show it. */
final class IdentityTree {

  private IdentityTree() {}

  static Map<String, Object> of(PeerIdentity identity) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("subject", identity.subject());
    tree.put("issuer", identity.issuer());
    tree.put("parties", identity.partyIds().stream().toList());
    tree.put("relay", identity.relay());
    tree.put("fingerprint", identity.fingerprint());
    tree.put("notBefore", identity.notBefore().toString());
    tree.put("notAfter", identity.notAfter().toString());
    return tree;
  }

  static String text(String what, PeerIdentity identity, Instant now) {
    return String.format(
        "%-9s %s%n          parties %s%s%n          by %s%n          SHA-256 %s%n          %s",
        what,
        identity.subject(),
        identity.partyIds(),
        identity.relay() ? ", relay" : "",
        identity.issuer(),
        identity.fingerprint(),
        validity(identity, now));
  }

  private static String validity(PeerIdentity identity, Instant now) {
    if (now.isAfter(identity.notAfter())) {
      return "EXPIRED at " + identity.notAfter();
    }
    if (now.isBefore(identity.notBefore())) {
      return "NOT VALID before " + identity.notBefore();
    }
    return "valid until "
        + identity.notAfter()
        + ", "
        + Duration.between(now, identity.notAfter()).toDays()
        + " days";
  }
}
