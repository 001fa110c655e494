package io.fedflow.server.cli;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.authority.KeyKind;
import io.fedflow.identity.authority.SiteKeys;
import io.fedflow.identity.authority.Wanted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow party init}. */
@Command(
    name = "init",
    description = {
      "Makes this site's private key, which never leaves it, and a request for a certificate.",
      "With --renew the key in use stays until the new certificate is installed."
    })
final class PartyInitCommand implements Callable<Integer> {

  @Mixin private IdentityOption identity;
  @Mixin private Console console;

  @Option(
      names = "--party",
      paramLabel = "ID",
      description = "a party that this site acts for; repeatable")
  private List<String> parties = List.of();

  @Option(
      names = "--name",
      paramLabel = "DNS|IP",
      description = "a name or an address of this site's machine; repeatable, not needed")
  private List<String> names = List.of();

  @Option(names = "--relay", description = "this site forwards for others")
  private boolean relay;

  @Option(
      names = "--key",
      paramLabel = "EC|RSA",
      description = "kind of key: EC P-256 or RSA 3072, default ${DEFAULT-VALUE}",
      defaultValue = "EC")
  private KeyKind kind;

  @Option(names = "--renew", description = "ask for another key beside the one in use")
  private boolean renew;

  @Override
  public Integer call() throws Exception {
    IdentityFolder folder = identity.folder();
    Wanted wanted = wanted(folder);
    String key = SiteKeys.request(folder, wanted, kind, renew);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("request", folder.request().toString());
    tree.put("parties", wanted.partyIds().stream().toList());
    tree.put("relay", wanted.relay());
    tree.put("keyFingerprint", key);
    console.result(
        tree,
        () ->
            "request "
                + folder.request()
                + " for parties "
                + wanted.partyIds()
                + (wanted.relay() ? " and a relay" : "")
                + "\nSHA-256 of its key: "
                + key
                + "\nSend the request to whoever signs for the consortium, and tell the digest over"
                + " another channel; install the answer by 'fedflow party trust FILE'.");
    return 0;
  }

  /** A renewal asks for the same parties unless others are given. */
  private Wanted wanted(IdentityFolder folder) {
    Set<String> ids = new TreeSet<>(parties);
    boolean forwards = relay;
    if (renew && ids.isEmpty() && !forwards && folder.hasSite()) {
      ids.addAll(folder.self().partyIds());
      forwards = folder.self().relay();
    }
    return new Wanted(ids, forwards, names);
  }
}
