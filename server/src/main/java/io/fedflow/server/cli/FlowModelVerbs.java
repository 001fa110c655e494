package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.COMPONENT;
import static io.fedflow.server.cli.FlowOption.COMPONENTS;
import static io.fedflow.server.cli.FlowOption.COMPONENTS_FILE;
import static io.fedflow.server.cli.FlowOption.CONF;
import static io.fedflow.server.cli.FlowOption.DESCRIPTION;
import static io.fedflow.server.cli.FlowOption.DETAIL;
import static io.fedflow.server.cli.FlowOption.FROM_STORE;
import static io.fedflow.server.cli.FlowOption.JOB;
import static io.fedflow.server.cli.FlowOption.LIMIT;
import static io.fedflow.server.cli.FlowOption.MODEL;
import static io.fedflow.server.cli.FlowOption.NEW_DESCRIPTION;
import static io.fedflow.server.cli.FlowOption.NEW_TAG;
import static io.fedflow.server.cli.FlowOption.OUTPUT;
import static io.fedflow.server.cli.FlowOption.PARTY;
import static io.fedflow.server.cli.FlowOption.PREDICT_DSL;
import static io.fedflow.server.cli.FlowOption.REMOVE;
import static io.fedflow.server.cli.FlowOption.ROLE;
import static io.fedflow.server.cli.FlowOption.STEPS_BY_INDEX;
import static io.fedflow.server.cli.FlowOption.STEPS_BY_NAME;
import static io.fedflow.server.cli.FlowOption.STEP_INDEX;
import static io.fedflow.server.cli.FlowOption.STEP_NAME;
import static io.fedflow.server.cli.FlowOption.TAG;
import static io.fedflow.server.cli.FlowOption.TO_STORE;
import static io.fedflow.server.cli.FlowOption.VERSION;
import static io.fedflow.server.cli.FlowOption.WITH_MODEL;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** {@code flow model}, {@code flow tag} and {@code flow checkpoint}. */
final class FlowModelVerbs {

  /** What is shown of a model unless somebody wants every column. */
  private static final List<String> SHORT =
      List.of(
          "create_date",
          "role",
          "party_id",
          "roles",
          "model_id",
          "model_version",
          "loaded_times",
          "size",
          "description",
          "parent",
          "parent_info");

  private FlowModelVerbs() {}

  static List<FlowVerb> all() {
    return List.of(
        FlowVerb.of(
                "model",
                "load",
                "Records that a model is to be loaded for online inference.",
                List.of(),
                FlowModelVerbs::load)
            .with(JOB, CONF),
        FlowVerb.of(
                "model",
                "bind",
                "Records that a service is to answer with a model.",
                List.of(CONF),
                (c, g) -> c.model().bind(g.path(CONF), g.text(JOB)))
            .with(JOB),
        FlowVerb.of(
                "model",
                "import",
                "Imports a model from an archive.",
                List.of(CONF),
                (c, g) ->
                    g.flag(FROM_STORE)
                        ? c.model().restore(g.path(CONF))
                        : c.model().importModel(g.path(CONF)))
            .with(FROM_STORE),
        FlowVerb.of(
                "model",
                "export",
                "Exports a model as an archive.",
                List.of(CONF),
                (c, g) ->
                    g.flag(TO_STORE)
                        ? c.model().store(g.path(CONF))
                        : c.model().exportModel(g.path(CONF)))
            .with(TO_STORE),
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
                List.of(MODEL, VERSION),
                FlowModelVerbs::deploy)
            .with(COMPONENTS, COMPONENTS_FILE, PREDICT_DSL, STEPS_BY_INDEX, STEPS_BY_NAME),
        FlowVerb.of(
            "model",
            "get-predict-dsl",
            "Stores the DSL that a model predicts with.",
            List.of(MODEL, VERSION, OUTPUT),
            (c, g) ->
                c.model()
                    .predictDsl(g.model(), g.path(OUTPUT).resolve(DatedFiles.now("predict_dsl")))),
        FlowVerb.of(
            "model",
            "get-predict-conf",
            "Stores a conf to fill in for a prediction.",
            List.of(MODEL, VERSION, OUTPUT),
            (c, g) ->
                c.model()
                    .predictConf(
                        g.model(), g.path(OUTPUT).resolve(DatedFiles.now("predict_conf")))),
        FlowVerb.of(
                "model", "get-model-info", "Shows a model.", List.of(VERSION), FlowModelVerbs::info)
            .with(MODEL, ROLE, PARTY, DETAIL),
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

  private static Pending<Answer> load(FlowClient client, Given given) {
    if (given.flag(JOB) == given.flag(CONF)) {
      throw FedflowException.invalid(
          "option.model", "found both or none of --job-id and --conf-path, expected one");
    }
    return given.flag(JOB)
        ? client.model().load(given.text(JOB))
        : client.model().load(given.path(CONF));
  }

  private static Pending<Answer> deploy(FlowClient client, Given given) {
    List<String> components = given.components();
    if (!components.isEmpty() && given.flag(PREDICT_DSL)) {
      throw FedflowException.invalid(
          "option.components", "found both --dsl-path and a list of components, allowed one");
    }
    Map<String, Object> steps = new LinkedHashMap<>();
    steps(given, STEPS_BY_INDEX, (name, step) -> steps.put(name, Map.of("step_index", step)));
    steps(given, STEPS_BY_NAME, (name, step) -> steps.put(name, Map.of("step_name", step)));
    return given.flag(PREDICT_DSL)
        ? client.model().deploy(given.model(), given.path(PREDICT_DSL), steps)
        : client.model().deploy(given.model(), components, steps);
  }

  private static void steps(Given given, FlowOption option, BiConsumer<String, Object> each) {
    if (!given.flag(option)) {
      return;
    }
    for (String step : given.text(option).split("\n")) {
      int colon = step.indexOf(':');
      boolean number = option == STEPS_BY_INDEX;
      if (colon < 1 || number && !step.substring(colon + 1).matches("[0-9]{1,9}")) {
        throw FedflowException.invalid(
            "option.step",
            option.names()[0]
                + ": found '"
                + step
                + "', expected "
                + (number ? "component:number" : "component:name"));
      }
      String text = step.substring(colon + 1);
      each.accept(step.substring(0, colon), number ? (Object) Integer.valueOf(text) : text);
    }
  }

  private static Pending<Answer> info(FlowClient client, Given given) {
    return client
        .model()
        .info(
            given.text(MODEL),
            given.text(VERSION),
            given.text(ROLE),
            given.text(PARTY),
            given.flag(DETAIL) ? List.of() : SHORT);
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
