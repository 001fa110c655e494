package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.CONF;
import static io.fedflow.server.cli.FlowOption.CONNECTOR;
import static io.fedflow.server.cli.FlowOption.DROP;
import static io.fedflow.server.cli.FlowOption.JOB;
import static io.fedflow.server.cli.FlowOption.LIMIT;
import static io.fedflow.server.cli.FlowOption.NAMESPACE;
import static io.fedflow.server.cli.FlowOption.TABLE;

import java.util.List;

/** {@code flow data} and {@code flow table}. */
final class FlowDataVerbs {

  private FlowDataVerbs() {}

  static List<FlowVerb> all() {
    return List.of(
        FlowVerb.of(
                "data",
                "upload",
                "Uploads a table.",
                List.of(CONF),
                (c, g) -> c.data().upload(g.path(CONF), g.flag(DROP)))
            .with(DROP),
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
            List.of(NAMESPACE, TABLE),
            (c, g) -> c.table().delete(g.text(NAMESPACE), g.text(TABLE))),
        FlowVerb.of(
            "table",
            "disable",
            "Keeps jobs from reading a table.",
            List.of(NAMESPACE, TABLE),
            (c, g) -> c.table().disable(g.text(NAMESPACE), g.text(TABLE))),
        FlowVerb.of(
            "table",
            "enable",
            "Lets jobs read a table again.",
            List.of(NAMESPACE, TABLE),
            (c, g) -> c.table().enable(g.text(NAMESPACE), g.text(TABLE))),
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
        FlowVerb.of(
            "table",
            "tracking-source",
            "Shows the tables that a table was made of.",
            List.of(NAMESPACE, TABLE),
            (c, g) -> c.table().trackingSource(g.text(NAMESPACE), g.text(TABLE))),
        FlowVerb.of(
            "table",
            "tracking-job",
            "Shows the jobs that used a table.",
            List.of(NAMESPACE, TABLE),
            (c, g) -> c.table().trackingJob(g.text(NAMESPACE), g.text(TABLE))));
  }
}
