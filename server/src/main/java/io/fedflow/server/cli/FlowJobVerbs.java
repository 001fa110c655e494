package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.COMPONENT;
import static io.fedflow.server.cli.FlowOption.COMPONENTS;
import static io.fedflow.server.cli.FlowOption.COMPONENTS_FILE;
import static io.fedflow.server.cli.FlowOption.CONF;
import static io.fedflow.server.cli.FlowOption.DSL;
import static io.fedflow.server.cli.FlowOption.FORCE;
import static io.fedflow.server.cli.FlowOption.JOB;
import static io.fedflow.server.cli.FlowOption.LIMIT;
import static io.fedflow.server.cli.FlowOption.OUTPUT;
import static io.fedflow.server.cli.FlowOption.PARTY;
import static io.fedflow.server.cli.FlowOption.ROLE;
import static io.fedflow.server.cli.FlowOption.STATUS;
import static io.fedflow.server.cli.FlowOption.TRAIN_DSL;

import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.util.List;
import java.util.Map;

/** {@code flow job}, {@code flow task} and {@code flow queue}. */
final class FlowJobVerbs {

  private FlowJobVerbs() {}

  static List<FlowVerb> all() {
    return List.of(
        FlowVerb.of(
                "job",
                "submit",
                "Submits a job.",
                List.of(CONF),
                (c, g) -> c.job().submit(g.path(CONF), g.path(DSL)))
            .with(DSL),
        FlowVerb.of(
                "job",
                "list",
                "Lists the newest jobs.",
                List.of(),
                (c, g) -> c.job().list(g.number(LIMIT)))
            .with(LIMIT),
        FlowVerb.of("job", "query", "Shows jobs.", List.of(), (c, g) -> c.job().query(g.filter()))
            .with(JOB, ROLE, PARTY, STATUS),
        FlowVerb.of(
                "job",
                "view",
                "Shows the output tables of jobs.",
                List.of(),
                (c, g) -> c.job().view(g.filter()))
            .with(JOB, ROLE, PARTY, STATUS),
        FlowVerb.of(
            "job", "stop", "Stops a job.", List.of(JOB), (c, g) -> c.job().stop(g.text(JOB))),
        FlowVerb.of(
                "job",
                "rerun",
                "Runs an ended job again.",
                List.of(JOB),
                (c, g) -> c.job().rerun(g.text(JOB), g.flag(FORCE), g.list(COMPONENT)))
            .with(FORCE, COMPONENT),
        FlowVerb.of(
            "job",
            "config",
            "Stores the documents of a job.",
            List.of(JOB, ROLE, PARTY, OUTPUT),
            (c, g) -> c.job().config(g.text(JOB), g.text(ROLE), g.text(PARTY), g.path(OUTPUT))),
        FlowVerb.of(
            "job",
            "log",
            "Stores the logs of a job.",
            List.of(JOB, OUTPUT),
            (c, g) -> c.job().log(g.text(JOB), g.path(OUTPUT))),
        FlowVerb.of(
                "job",
                "dsl",
                "Derives the DSL that predicts, and stores it if a folder is given.",
                List.of(TRAIN_DSL),
                FlowJobVerbs::dsl)
            .with(COMPONENTS, COMPONENTS_FILE, OUTPUT),
        FlowVerb.of(
            "job",
            "parameter-update",
            "Changes parameters for the next run.",
            List.of(JOB, CONF),
            (c, g) -> c.job().parameterUpdate(g.text(JOB), g.path(CONF))),
        FlowVerb.of(
                "task",
                "list",
                "Lists the newest tasks.",
                List.of(),
                (c, g) -> c.task().list(g.number(LIMIT)))
            .with(LIMIT),
        FlowVerb.of(
                "task", "query", "Shows tasks.", List.of(), (c, g) -> c.task().query(g.filter()))
            .with(JOB, ROLE, PARTY, COMPONENT, STATUS),
        FlowVerb.of(
            "queue",
            "clean",
            "Cancels every job that waits.",
            List.of(),
            (c, g) -> c.queue().clean()));
  }

  private static Pending<?> dsl(FlowClient client, Given given) {
    List<String> components = given.components();
    Map<String, Object> dsl = Documents.read(given.path(TRAIN_DSL));
    return given.flag(OUTPUT)
        ? client
            .job()
            .generateDsl(dsl, components, given.path(OUTPUT).resolve(DatedFiles.now("predict_dsl")))
        : client.job().generateDsl(dsl, components);
  }
}
