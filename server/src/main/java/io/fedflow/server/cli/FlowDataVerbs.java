package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.COMPONENT;
import static io.fedflow.server.cli.FlowOption.CONF;
import static io.fedflow.server.cli.FlowOption.CONNECTOR;
import static io.fedflow.server.cli.FlowOption.DROP;
import static io.fedflow.server.cli.FlowOption.JOB;
import static io.fedflow.server.cli.FlowOption.LIMIT;
import static io.fedflow.server.cli.FlowOption.NAMESPACE;
import static io.fedflow.server.cli.FlowOption.PARTY;
import static io.fedflow.server.cli.FlowOption.ROLE;
import static io.fedflow.server.cli.FlowOption.TABLE;
import static io.fedflow.server.cli.FlowOption.VERBOSE;

import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.util.List;

/** {@code flow data} and {@code flow table}. */
final class FlowDataVerbs {

  private FlowDataVerbs() {}

  static List<FlowVerb> all() {
    return List.of(
        FlowVerb.of("data", "upload", "Uploads a table.", List.of(CONF), FlowDataVerbs::upload)
            .with(VERBOSE, DROP),
        FlowVerb.of(
            "data",
            "download",
            "Writes a table into a file of the server.",
            List.of(CONF),
            (c, g) -> c.data().download(g.path(CONF))),
        FlowVerb.of(
            "data",
            "writer",
            "Writes a table into another store.",
            List.of(CONF),
            (c, g) -> c.data().writer(g.path(CONF))),
        FlowVerb.of(
                "data",
                "upload-history",
                "Lists what was uploaded.",
                List.of(),
                (c, g) -> c.data().uploadHistory(g.number(LIMIT), g.text(JOB)))
            .with(LIMIT, JOB),
        FlowVerb.of(
            "table",
            "info",
            "Shows what a table is.",
            List.of(NAMESPACE, TABLE),
            (c, g) -> c.table().info(g.text(NAMESPACE), g.text(TABLE))),
        FlowVerb.of(
                "table",
                "delete",
                "Deletes a table.",
                List.of(),
                (c, g) ->
                    c.call("table/delete", g.body(NAMESPACE, TABLE, JOB, ROLE, PARTY, COMPONENT)))
            .with(NAMESPACE, TABLE, JOB, ROLE, PARTY, COMPONENT),
        named("disable", "Keeps jobs from reading a table.", "table/disable"),
        named("enable", "Lets jobs read a table again.", "table/enable"),
        FlowVerb.of(
            "table",
            "disable-delete",
            "Deletes all disabled tables.",
            List.of(),
            (c, g) -> c.table().disableDelete()),
        FlowVerb.of(
            "table",
            "add",
            "Makes a table of data in a store of the server.",
            List.of(CONF),
            (c, g) -> c.table().add(g.path(CONF))),
        FlowVerb.of(
                "table",
                "bind",
                "Makes a table of data that lies elsewhere.",
                List.of(CONF),
                (c, g) -> c.table().bind(g.path(CONF), g.flag(DROP)))
            .with(DROP),
        FlowVerb.of(
            "table",
            "connector-create",
            "Names a connection to an outside store.",
            List.of(CONF),
            (c, g) -> c.table().connectorCreate(g.path(CONF))),
        FlowVerb.of(
            "table",
            "connector-query",
            "Shows a named connection.",
            List.of(CONNECTOR),
            (c, g) -> c.table().connectorQuery(g.text(CONNECTOR))),
        named(
            "tracking-source",
            "Shows the tables that a table was made of.",
            "table/tracking/source"),
        named("tracking-job", "Shows the jobs that used a table.", "table/tracking/job"));
  }

  /** Which of these options a route needs, the server says. */
  private static FlowVerb named(String name, String description, String path) {
    return FlowVerb.of(
            "table", name, description, List.of(), (c, g) -> c.call(path, g.body(NAMESPACE, TABLE)))
        .with(NAMESPACE, TABLE);
  }

  private static Pending<Answer> upload(FlowClient client, Given given) {
    return given.flag(VERBOSE)
        ? client.data().upload(given.path(CONF), given.flag(DROP), new UploadMeter(given.err()))
        : client.data().upload(given.path(CONF), given.flag(DROP));
  }
}
