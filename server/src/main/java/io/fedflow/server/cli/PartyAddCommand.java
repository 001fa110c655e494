package io.fedflow.server.cli;

import io.fedflow.party.Party;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RouteFile;
import io.fedflow.transport.route.RoutePin;
import io.fedflow.transport.route.SiteAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code fedflow party add}. It changes the file and asks no server: whoever may write the file may
 * lead a site's messages elsewhere, a client may not.
 */
@Command(
    name = "add",
    description =
        "Writes the way to a party into a file of routes, in place of an older one; a server that"
            + " runs with this file takes it within seconds.")
final class PartyAddCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Console console;

  @Parameters(
      paramLabel = "ID HOST:PORT",
      arity = "1..*",
      description = "the party's id, then where its servers listen, the preferred one first")
  private List<String> words;

  @Option(names = "--default", description = "no id: the way to all parties without one, a relay")
  private boolean otherwise;

  @Option(
      names = "--identity",
      paramLabel = "ID|sha256:HEX",
      description =
          "whom the certificate there must name, such as a relay, or its SHA-256; default whoever"
              + " may answer for the party")
  private String identity;

  @Option(
      names = "--routes",
      paramLabel = "FILE",
      description = "default routes.json in --data-dir")
  private Path routes;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "the server's folder, default ${DEFAULT-VALUE}",
      defaultValue = ".fedflow")
  private Path dataDir;

  @Override
  public Integer call() throws Exception {
    Optional<String> party =
        otherwise ? Optional.empty() : Optional.of(Party.requireId(words.get(0)));
    Route route = route(otherwise ? words : words.subList(1, words.size()));
    Path file = routes == null ? dataDir.resolve("routes.json") : routes;
    new RouteFile(file, new JacksonJsonCodec()).put(party, route);
    Map<String, Object> done = new LinkedHashMap<>();
    done.put("party_id", party.map(Party::documentId).orElse("default"));
    done.put("addresses", route.addresses().stream().map(SiteAddress::toString).toList());
    route.identity().ifPresent(pin -> done.put("identity", pin.text()));
    done.put("file", file.toString());
    console.result(
        done,
        () ->
            party.map(id -> "party " + id).orElse("all others") + " at " + route + ", in " + file);
    return 0;
  }

  private Route route(List<String> addresses) {
    try {
      return new Route(
          addresses.stream().map(SiteAddress::parse).toList(),
          Optional.ofNullable(identity).map(RoutePin::new));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }
}
