package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.COMPONENT;
import static io.fedflow.server.cli.FlowOption.COMPONENTS;
import static io.fedflow.server.cli.FlowOption.CONF;
import static io.fedflow.server.cli.FlowOption.DESCRIPTION;
import static io.fedflow.server.cli.FlowOption.JOB;
import static io.fedflow.server.cli.FlowOption.LIMIT;
import static io.fedflow.server.cli.FlowOption.MODEL;
import static io.fedflow.server.cli.FlowOption.NEW_DESCRIPTION;
import static io.fedflow.server.cli.FlowOption.NEW_TAG;
import static io.fedflow.server.cli.FlowOption.OUTPUT;
import static io.fedflow.server.cli.FlowOption.PARTY;
import static io.fedflow.server.cli.FlowOption.REMOVE;
import static io.fedflow.server.cli.FlowOption.ROLE;
import static io.fedflow.server.cli.FlowOption.STEP_INDEX;
import static io.fedflow.server.cli.FlowOption.STEP_NAME;
import static io.fedflow.server.cli.FlowOption.TAG;
import static io.fedflow.server.cli.FlowOption.VERSION;
import static io.fedflow.server.cli.FlowOption.WITH_MODEL;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.util.List;

/** {@code flow model}, {@code flow tag} and {@code flow checkpoint}. */
final class FlowModelVerbs {

  private FlowModelVerbs() {}

  static List<FlowVerb> all() {
    return List.of(
        FlowVerb.of(
            "model",
            "load",
            "Loads a model for online inference.",
            List.of(CONF),
            (c, g) -> c.model().load(g.path(CONF))),
        FlowVerb.of(
            "model",
            "bind",
            "Binds a service id to a loaded model.",
            List.of(CONF),
            (c, g) -> c.model().bind(g.path(CONF))),
        FlowVerb.of(
            "model",
            "import",
            "Imports a model from an archive.",
            List.of(CONF),
            (c, g) -> c.model().importModel(g.path(CONF))),
        FlowVerb.of(
            "model",
            "export",
            "Exports a model as an archive.",
            List.of(CONF),
            (c, g) -> c.model().exportModel(g.path(CONF))),
        FlowVerb.of(
            "model",
            "migrate",
            "Makes a model usable under other party ids.",
            List.of(CONF),
            (c, g) -> c.model().migrate(g.path(CONF))),
        FlowVerb.of(
            "model",
            "homo-convert",
            "Converts a model for another library.",
            List.of(CONF),
            (c, g) -> c.model().homoConvert(g.path(CONF))),
        FlowVerb.of(
            "model",
            "homo-deploy",
            "Deploys a converted model.",
            List.of(CONF),
            (c, g) -> c.model().homoDeploy(g.path(CONF))),
        FlowVerb.of(
                "model",
                "tag-model",
                "Tags the model of a job.",
                List.of(JOB, TAG),
                (c, g) ->
                    g.flag(REMOVE)
                        ? c.model().untagModel(g.text(JOB), g.text(TAG))
                        : c.model().tagModel(g.text(JOB), g.text(TAG)))
            .with(REMOVE),
        FlowVerb.of(
            "model",
            "tag-list",
            "Lists the tags of the model of a job.",
            List.of(JOB),
            (c, g) -> c.model().tagList(g.text(JOB))),
        FlowVerb.of(
            "model",
            "deploy",
            "Makes a model version that predicts.",
            List.of(MODEL, VERSION, COMPONENTS),
            (c, g) -> c.model().deploy(g.model(), g.list(COMPONENTS))),
        FlowVerb.of(
            "model",
            "get-predict-dsl",
            "Stores the DSL that a model predicts with.",
            List.of(MODEL, VERSION, OUTPUT),
            (c, g) -> c.model().predictDsl(g.model(), g.path(OUTPUT).resolve("predict_dsl.json"))),
        FlowVerb.of(
            "model",
            "get-predict-conf",
            "Stores a conf to fill in for a prediction.",
            List.of(MODEL, VERSION, OUTPUT),
            (c, g) ->
                c.model().predictConf(g.model(), g.path(OUTPUT).resolve("predict_conf.json"))),
        FlowVerb.of(
                "model",
                "get-model-info",
                "Shows a model.",
                List.of(MODEL, VERSION),
                (c, g) -> c.model().info(g.model(), g.text(ROLE), g.text(PARTY), List.of()))
            .with(ROLE, PARTY),
        FlowVerb.of(
                "tag",
                "create",
                "Makes a tag.",
                List.of(TAG),
                (c, g) -> c.tag().create(g.text(TAG), g.text(DESCRIPTION)))
            .with(DESCRIPTION),
        FlowVerb.of(
                "tag",
                "query",
                "Shows a tag.",
                List.of(TAG),
                (c, g) -> c.tag().query(g.text(TAG), g.flag(WITH_MODEL)))
            .with(WITH_MODEL),
        FlowVerb.of(
                "tag",
                "update",
                "Changes a tag.",
                List.of(TAG),
                (c, g) -> c.tag().update(g.text(TAG), g.text(NEW_TAG), g.text(NEW_DESCRIPTION)))
            .with(NEW_TAG, NEW_DESCRIPTION),
        FlowVerb.of(
            "tag", "delete", "Deletes a tag.", List.of(TAG), (c, g) -> c.tag().delete(g.text(TAG))),
        FlowVerb.of(
                "tag",
                "list",
                "Lists the newest tags.",
                List.of(),
                (c, g) -> c.tag().list(g.number(LIMIT)))
            .with(LIMIT),
        FlowVerb.of(
            "checkpoint",
            "list",
            "Lists the kept steps of a training.",
            List.of(ROLE, PARTY, MODEL, VERSION, COMPONENT),
            (c, g) ->
                c.checkpoint().list(g.model(), g.text(ROLE), g.text(PARTY), g.text(COMPONENT))),
        FlowVerb.of(
                "checkpoint",
                "get",
                "Shows the model at a step, by number or name.",
                List.of(ROLE, PARTY, MODEL, VERSION, COMPONENT),
                FlowModelVerbs::checkpoint)
            .with(STEP_INDEX, STEP_NAME));
  }

  private static Pending<Answer> checkpoint(FlowClient client, Given given) {
    if (given.flag(STEP_INDEX) == given.flag(STEP_NAME)) {
      throw FedflowException.invalid(
          "option.step", "found both or none of --step-index and --step-name, expected one");
    }
    String role = given.text(ROLE);
    String party = given.text(PARTY);
    String component = given.text(COMPONENT);
    return given.flag(STEP_NAME)
        ? client.checkpoint().get(given.model(), role, party, component, given.text(STEP_NAME))
        : client.checkpoint().get(given.model(), role, party, component, given.number(STEP_INDEX));
  }
}
