package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.CheckpointStep;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelCheckpoint;
import io.fedflow.model.ModelCheckpoints;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v1/checkpoint}: the models that components kept while they trained. */
public final class CheckpointController implements Controller {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final Site site;
  private final ZoneId zone;

  /**
   * Routes onto this site.
   *
   * @param zone in which times are told
   */
  public CheckpointController(Site site, ZoneId zone) {
    this.site = site;
    this.zone = zone;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/checkpoint/list", this::list);
    routes.post("/v1/checkpoint/get", this::get);
  }

  private ModelCheckpoints checkpoints() {
    return site.models().checkpoints();
  }

  private static ModelNamed named(Arguments arguments) {
    try {
      arguments.require("role", "party_id", "model_id", "model_version", "component_name");
      return ModelNamed.atParty(arguments);
    } catch (FedflowException wrong) {
      throw badRequest(wrong);
    }
  }

  private static Refusal badRequest(FedflowException wrong) {
    return new Refusal(Envelope.status(BAD_REQUEST, wrong.getMessage()));
  }

  private Future<? extends Answer> list(Call call) {
    Arguments arguments = call.arguments();
    ModelNamed named = named(arguments);
    String component = arguments.requiredText("component_name");
    return named
        .find(call, site, BAD_REQUEST)
        .compose(
            model ->
                call.blocking(
                    () ->
                        checkpoints().list(named.version(), named.party(), component).stream()
                            .map(this::described)
                            .toList()))
        .map(trees -> Envelope.ok(trees).large());
  }

  private Map<String, Object> described(ModelCheckpoint kept) {
    Map<String, Object> models = new LinkedHashMap<>();
    messages(kept)
        .forEach(
            (name, message) ->
                models.put(
                    name,
                    Map.of(
                        "sha1",
                        sha1(ProtobufCodec.write(message)),
                        "buffer_name",
                        message.schema().name())));
    return told(kept, models);
  }

  private Map<String, ModelMessage> messages(ModelCheckpoint kept) {
    ComponentModel model = checkpoints().read(kept);
    return model.messages();
  }

  private Map<String, Object> told(ModelCheckpoint kept, Map<String, Object> models) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("step_index", kept.stepIndex());
    tree.put("step_name", kept.stepName());
    tree.put(
        "create_time",
        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
            Instant.ofEpochMilli(kept.createTime()).atZone(zone)));
    tree.put("models", models);
    return tree;
  }

  private Future<? extends Answer> get(Call call) {
    Arguments arguments = call.arguments();
    ModelNamed named = named(arguments);
    String component = arguments.requiredText("component_name");
    CheckpointStep step = step(arguments);
    return named
        .find(call, site, NOT_FOUND)
        .compose(
            model ->
                call.blocking(
                    () ->
                        checkpoints()
                            .find(named.version(), named.party(), component, step)
                            .map(this::content)
                            .orElseThrow(
                                () ->
                                    new Refusal(
                                        Envelope.status(
                                            NOT_FOUND, component + " kept no model at " + step)))))
        .map(tree -> Envelope.ok(tree).large());
  }

  private static CheckpointStep step(Arguments arguments) {
    try {
      return steps(arguments);
    } catch (FedflowException wrong) {
      throw badRequest(wrong);
    }
  }

  /**
   * The step that {@code step_index} or, without it, {@code step_name} names.
   *
   * @throws FedflowException INVALID if neither does
   */
  static CheckpointStep steps(Arguments arguments) {
    if (arguments.has("step_index")) {
      return CheckpointStep.at(arguments.integer("step_index", 0, 0, Integer.MAX_VALUE));
    }
    String name = arguments.text("step_name").orElse("");
    if (name.isEmpty()) {
      throw FedflowException.invalid(
          "argument.missing", "required arguments are missing: step_index or step_name");
    }
    return CheckpointStep.named(name);
  }

  private Map<String, Object> content(ModelCheckpoint kept) {
    Map<String, Object> models = new LinkedHashMap<>();
    messages(kept)
        .forEach(
            (name, message) ->
                models.put(name, Base64.getEncoder().encodeToString(ProtobufCodec.write(message))));
    return told(kept, models);
  }

  /** FATE's form; what guards the bytes is a SHA-256 in the list of kept models. */
  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-1", impossible);
    }
  }
}
