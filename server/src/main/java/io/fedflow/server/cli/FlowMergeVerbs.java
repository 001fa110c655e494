package io.fedflow.server.cli;

import static io.fedflow.server.cli.FlowOption.COMPONENT;
import static io.fedflow.server.cli.FlowOption.FORMAT;
import static io.fedflow.server.cli.FlowOption.GUEST;
import static io.fedflow.server.cli.FlowOption.GUEST_COEF;
import static io.fedflow.server.cli.FlowOption.HOSTS;
import static io.fedflow.server.cli.FlowOption.HOST_RENAME;
import static io.fedflow.server.cli.FlowOption.MODEL;
import static io.fedflow.server.cli.FlowOption.MODEL_TYPE;
import static io.fedflow.server.cli.FlowOption.PARTY;
import static io.fedflow.server.cli.FlowOption.RESULT;
import static io.fedflow.server.cli.FlowOption.ROLE;
import static io.fedflow.server.cli.FlowOption.TARGET;
import static io.fedflow.server.cli.FlowOption.VERSION;
import static io.fedflow.server.cli.FlowOption.WOE;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.Answer;
import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.Pending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code flow component} commands that bring the parts of a model together. */
final class FlowMergeVerbs {

  private FlowMergeVerbs() {}

  static List<FlowVerb> all() {
    return List.of(
        FlowVerb.of(
                "component",
                "hetero-model-merge",
                "Stores one model made of the parts of guest and hosts.",
                List.of(MODEL, VERSION, GUEST, HOSTS, COMPONENT, MODEL_TYPE, FORMAT, RESULT),
                FlowMergeVerbs::merge)
            .with(TARGET, HOST_RENAME, GUEST_COEF),
        FlowVerb.of(
            "component",
            "woe-array-extract",
            "Stores the weights of evidence that a guest knows of its hosts' columns.",
            List.of(MODEL, VERSION, ROLE, PARTY, COMPONENT, RESULT),
            (c, g) ->
                c.component()
                    .woeArrayExtract(g.model(), g.text(ROLE), g.text(PARTY), g.text(COMPONENT))
                    .map(answer -> stored(answer, g.path(RESULT)))),
        FlowVerb.of(
            "component",
            "woe-array-merge",
            "Gives a host's model the weights of evidence that the guest extracted.",
            List.of(MODEL, VERSION, ROLE, PARTY, COMPONENT, WOE),
            (c, g) ->
                c.component()
                    .woeArrayMerge(
                        g.model(),
                        g.text(ROLE),
                        g.text(PARTY),
                        g.text(COMPONENT),
                        Documents.value(g.path(WOE)))));
  }

  private static Pending<?> merge(FlowClient client, Given given) {
    Map<String, Object> more = given.body(MODEL_TYPE, FORMAT, TARGET);
    more.put(HOST_RENAME.field(), given.flag(HOST_RENAME));
    more.put(GUEST_COEF.field(), given.flag(GUEST_COEF));
    return client
        .component()
        .heteroModelMerge(
            given.model(), given.text(GUEST), given.list(HOSTS), given.text(COMPONENT), more)
        .map(answer -> stored(answer, given.path(RESULT)));
  }

  /** Good data goes into the file; any other answer is told as it is. */
  private static Object stored(Answer answer, Path file) {
    Object data = answer.data();
    if (!answer.good() || data == null) {
      return answer;
    }
    try {
      Files.writeString(file, data instanceof String text ? text : PrettyJson.write(data));
    } catch (IOException e) {
      throw FedflowException.invalid("file.unwritable", "cannot write " + file);
    }
    return file;
  }
}
