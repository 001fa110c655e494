package io.fedflow.transport.http.v1;

import io.fedflow.dsl.PredictDsl;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.BytesAnswer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /v1/job/dsl/generate}: the DSL with which chosen components of a training predict. */
public final class PredictDslController implements Controller {

  private static final String VERSION = "2";
  private static final String OLD_VERSION = "1";

  @Override
  public void mount(Routes routes) {
    routes.download("/v1/job/dsl/generate", this::generate);
  }

  private Future<? extends Answer> generate(Call call) {
    Arguments arguments = call.arguments().require("train_dsl");
    String version = arguments.text("version").orElse(VERSION);
    if (!version.equals(VERSION) && !version.equals(OLD_VERSION)) {
      throw FedflowException.invalid(
          "argument.type", "version: found '" + version + "', allowed '1' or '2'");
    }
    Map<String, Object> train = trainDsl(call, arguments);
    List<String> kept = kept(arguments);
    boolean needDeploy = version.equals(OLD_VERSION);
    return call.blocking(() -> derived(train, kept.isEmpty() ? all(train, needDeploy) : kept))
        .map(dsl -> answer(call, arguments, dsl));
  }

  private static Answer answer(Call call, Arguments arguments, Map<String, Object> dsl) {
    return arguments
        .text("filename")
        .<Answer>map(
            name ->
                new BytesAnswer(name, "application/json", Buffer.buffer(call.codec().write(dsl))))
        .orElse(Envelope.ok(dsl).large());
  }

  /** FATE's clients send the document as a text. */
  private static Map<String, Object> trainDsl(Call call, Arguments arguments) {
    Arguments document =
        arguments.any("train_dsl").orElse(null) instanceof String text
            ? Arguments.of(call.codec().read(text))
            : new Arguments(arguments.object("train_dsl").orElseThrow());
    if (document.object("components").filter(all -> !all.isEmpty()).isEmpty()) {
      throw FedflowException.invalid(
          "argument.type", "train_dsl: found no components, allowed an object with components");
    }
    return document.all();
  }

  /** One text with commas between names, or a list; none means all. */
  private static List<String> kept(Arguments arguments) {
    List<String> kept = new ArrayList<>();
    for (String part : arguments.texts("cpn_str")) {
      for (String name : part.split(",")) {
        if (!name.isBlank()) {
          kept.add(name.strip());
        }
      }
    }
    return kept;
  }

  private static Map<String, Object> derived(Map<String, Object> train, List<String> kept) {
    try {
      return PredictDsl.derive(train, kept);
    } catch (IllegalArgumentException wrong) {
      throw FedflowException.invalid("argument.type", "cpn_str: " + wrong.getMessage());
    }
  }

  /** Only a DSL of version 1 says by itself what is not needed. */
  private static List<String> all(Map<String, Object> train, boolean needDeploy) {
    return needDeploy
        ? PredictDsl.needDeploy(train)
        : List.copyOf(new Arguments(train).object("components").orElseThrow().keySet());
  }
}
