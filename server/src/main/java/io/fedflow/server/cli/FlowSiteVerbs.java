package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.CONF;
import static io.fedflow.server.cli.FlowOption.FOLDER;
import static io.fedflow.server.cli.FlowOption.JOB;
import static io.fedflow.server.cli.FlowOption.MIN_DATA;
import static io.fedflow.server.cli.FlowOption.PARTY;
import static io.fedflow.server.cli.FlowOption.PROVIDER;

import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.util.List;
import java.util.Map;

/** {@code flow} commands about the site itself and its partners. */
final class FlowSiteVerbs {

  private FlowSiteVerbs() {}

  static List<FlowVerb> all() {
    return List.of(
        FlowVerb.of(
                "provider",
                "list",
                "Lists providers.",
                List.of(),
                (c, g) ->
                    g.flag(PROVIDER) ? c.provider().list(g.text(PROVIDER)) : c.provider().list())
            .with(PROVIDER),
        FlowVerb.of(
            "provider",
            "register",
            "Registers a provider.",
            List.of(CONF),
            (c, g) -> c.provider().register(g.path(CONF))),
        FlowVerb.of(
            "provider",
            "list-components",
            "Lists the modules of all providers.",
            List.of(),
            (c, g) -> c.component().modules()),
        FlowVerb.of(
            "resource",
            "query",
            "Shows what there is, and which jobs hold it.",
            List.of(),
            (c, g) -> c.resource().query()),
        FlowVerb.of(
                "resource",
                "return",
                "Takes back what a job holds.",
                List.of(),
                (c, g) -> c.call("resource/return", g.body(JOB)))
            .with(JOB),
        FlowVerb.of(
            "privilege",
            "grant",
            "Lets a party use components and tables.",
            List.of(CONF),
            (c, g) -> c.privilege().grant(g.path(CONF))),
        FlowVerb.of(
            "privilege",
            "delete",
            "Takes back what a party may use.",
            List.of(CONF),
            (c, g) -> c.privilege().delete(g.path(CONF))),
        FlowVerb.of(
            "privilege",
            "query",
            "Shows what a party may use.",
            List.of(PARTY),
            (c, g) -> c.privilege().query(g.text(PARTY))),
        FlowVerb.of(
            "server",
            "versions",
            "Shows the versions of a server.",
            List.of(),
            (c, g) -> c.call("server/version/get", Map.of())),
        FlowVerb.of(
            "server",
            "reload",
            "Makes a server read its settings again.",
            List.of(),
            (c, g) -> c.call("server/reload", Map.of())),
        FlowVerb.of(
            "service",
            "registry",
            "Shows the services of a server.",
            List.of(),
            (c, g) -> c.call("server/service/get", Map.of())),
        FlowVerb.of(
            "key",
            "save",
            "Stores the public key of a party.",
            List.of(CONF),
            (c, g) -> c.call("key/public/save", Documents.read(g.path(CONF)))),
        FlowVerb.of(
            "key",
            "query",
            "Shows the public key of a party.",
            List.of(PARTY),
            (c, g) -> c.call("key/query", Map.of("party_id", g.text(PARTY)))),
        FlowVerb.of(
            "key",
            "delete",
            "Deletes the public key of a party.",
            List.of(PARTY),
            (c, g) -> c.call("key/public/delete", Map.of("party_id", g.text(PARTY)))),
        FlowVerb.of(
                "template",
                "download",
                "Stores examples of tables and jobs.",
                List.of(),
                FlowSiteVerbs::templates)
            .with(MIN_DATA, FOLDER));
  }

  private static Pending<?> templates(FlowClient client, Given given) {
    boolean small = given.flag(MIN_DATA) && given.number(MIN_DATA) != 0;
    return client.template().download(small, given.path(FOLDER));
  }
}
