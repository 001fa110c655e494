package io.fedflow.server.cli;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.PeerIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fedflow party show}. */
@Command(
    name = "show",
    description = "Shows this site's certificate, whom it trusts, and what waits for a signature.")
final class PartyShowCommand implements Callable<Integer> {

  @Mixin private IdentityOption identity;
  @Mixin private Console console;

  @Override
  public Integer call() throws Exception {
    IdentityFolder folder = identity.folder();
    PeerIdentity self = folder.hasSite() ? folder.self() : null;
    List<PeerIdentity> trusted = folder.trusted();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("folder", folder.folder().toString());
    tree.put("self", self == null ? null : IdentityTree.of(self));
    tree.put("trusted", trusted.stream().map(IdentityTree::of).toList());
    tree.put("pendingRequest", folder.hasPending() ? folder.request().toString() : null);
    console.result(tree, () -> text(folder, self, trusted));
    return self == null ? 1 : 0;
  }

  private static String text(IdentityFolder folder, PeerIdentity self, List<PeerIdentity> trusted) {
    Instant now = Instant.now();
    List<String> parts = new ArrayList<>();
    parts.add(
        self == null
            ? "this site has no certificate in " + folder.folder()
            : IdentityTree.text("this site", self, now));
    trusted.forEach(each -> parts.add(IdentityTree.text("trusted", each, now)));
    if (folder.hasPending()) {
      parts.add("a key waits for its certificate; the request is " + folder.request());
    }
    return String.join("\n", parts);
  }
}
