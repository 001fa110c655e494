package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.COMPONENT;
import static io.fedflow.server.cli.FlowOption.DATE;
import static io.fedflow.server.cli.FlowOption.JOB;
import static io.fedflow.server.cli.FlowOption.OUTPUT;
import static io.fedflow.server.cli.FlowOption.PARTY;
import static io.fedflow.server.cli.FlowOption.ROLE;
import static io.fedflow.server.cli.FlowOption.ROWS;

import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code flow component} and {@code flow tracking}, which share most commands. */
final class FlowTrackingVerbs {

  private static final List<FlowOption> PART = List.of(JOB, ROLE, PARTY, COMPONENT);
  private static final List<FlowOption> PART_AND_FOLDER =
      List.of(JOB, ROLE, PARTY, COMPONENT, OUTPUT);

  private FlowTrackingVerbs() {}

  static List<FlowVerb> all() {
    return Stream.of(own(), shared("component"), shared("tracking")).flatMap(List::stream).toList();
  }

  private static List<FlowVerb> own() {
    return List.of(
        FlowVerb.of(
            "component",
            "list",
            "Names the components of a job.",
            List.of(JOB),
            (c, g) -> c.component().list(g.text(JOB))),
        FlowVerb.of(
                "component",
                "metric-delete",
                "Deletes the metrics of a job.",
                List.of(),
                FlowTrackingVerbs::metricDelete)
            .with(DATE, JOB));
  }

  private static List<FlowVerb> shared(String group) {
    return List.of(
        FlowVerb.of(
            group,
            "metrics",
            "Names the metrics of a component.",
            PART,
            (c, g) -> c.component().metrics(g.component())),
        FlowVerb.of(
            group,
            "metric-all",
            "Shows all metrics of a component.",
            PART,
            (c, g) -> c.component().metricAll(g.component())),
        FlowVerb.of(
            group,
            "parameters",
            "Shows the parameters that a component ran with.",
            PART,
            (c, g) -> c.component().parameters(g.component())),
        FlowVerb.of(
            group,
            "output-model",
            "Shows what a component learned.",
            PART,
            (c, g) -> c.component().outputModel(g.component())),
        FlowVerb.of(
            group,
            "output-data-table",
            "Shows where the tables of a component are.",
            PART,
            (c, g) -> c.component().outputDataTable(g.component())),
        FlowVerb.of(
                group,
                "output-data",
                "Stores the rows of a component.",
                PART_AND_FOLDER,
                (c, g) -> c.component().outputData(g.component(), g.path(OUTPUT), g.number(ROWS)))
            .with(ROWS),
        FlowVerb.of(
                group,
                "get-summary",
                "Shows the summary of a component, or stores it if a folder is given.",
                PART,
                FlowTrackingVerbs::summary)
            .with(OUTPUT));
  }

  private static Pending<?> metricDelete(FlowClient client, Given given) {
    Map<String, Object> body = given.body(JOB);
    if (given.flag(DATE)) {
      // FATE's own name for it.
      body.put("model", given.text(DATE));
    }
    return client.call("tracking/component/metric/delete", body);
  }

  private static Pending<?> summary(FlowClient client, Given given) {
    return given.flag(OUTPUT)
        ? client
            .component()
            .summary(
                given.component(),
                given.path(OUTPUT).resolve(DatedFiles.now("summary_" + given.text(COMPONENT))))
        : client.component().summary(given.component());
  }
}
