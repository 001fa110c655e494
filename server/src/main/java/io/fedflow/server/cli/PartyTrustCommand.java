package io.fedflow.server.cli;

import io.fedflow.identity.IdentityFolder.Installed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow party trust}. */
@Command(
    name = "trust",
    description = {
      "Installs the certificates of a file: this site's own, those of authorities, whose"
          + " certificates are trusted from then on, those of single peers, and the lists of"
          + " certificates that authorities took back ('party revoke').",
      "A running server takes them within seconds."
    })
final class PartyTrustCommand implements Callable<Integer> {

  @Mixin private IdentityOption identity;
  @Mixin private Console console;

  @Parameters(
      paramLabel = "FILE",
      description = "certificates or lists in PEM, of 'party sign' or 'party revoke'")
  private Path file;

  @Override
  public Integer call() throws Exception {
    List<Installed> installed = identity.folder().install(file);
    List<Map<String, Object>> trees = new ArrayList<>();
    for (Installed each : installed) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("as", each.as().name().toLowerCase(java.util.Locale.ROOT));
      tree.putAll(IdentityTree.of(each.identity()));
      trees.add(tree);
    }
    int revoked = identity.folder().revoked();
    console.result(
        Map.of("installed", trees, "revoked", revoked),
        () ->
            Stream.concat(
                    installed.stream().map(PartyTrustCommand::line),
                    Stream.of("revoked certificates that are refused here: " + revoked))
                .collect(Collectors.joining("\n")));
    return 0;
  }

  private static String line(Installed each) {
    String what =
        switch (each.as()) {
          case OWN -> "this site's own certificate: ";
          case AUTHORITY -> "trusted authority: ";
          case PEER -> "trusted peer: ";
        };
    return what + each.identity().text() + ", valid until " + each.identity().notAfter();
  }
}
