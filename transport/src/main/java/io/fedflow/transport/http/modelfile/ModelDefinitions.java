package io.fedflow.transport.http.modelfile;

import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import java.util.Map;

/** FATE's {@code define_meta.yaml}: which module made what, and the messages of every component. */
final class ModelDefinitions {

  private final StringBuilder modules = new StringBuilder("component_define:\n");
  private final StringBuilder messages = new StringBuilder("model_proto:\n");
  private boolean any;

  void add(ComponentModel learned) {
    any = true;
    modules
        .append("  ")
        .append(learned.component())
        .append(":\n    module_name: ")
        .append(quoted(learned.module()))
        .append('\n');
    messages
        .append("  ")
        .append(learned.component())
        .append(":\n    ")
        .append(quoted(learned.alias()))
        .append(":\n");
    for (Map.Entry<String, ModelMessage> message : learned.messages().entrySet()) {
      messages
          .append("      ")
          .append(quoted(message.getKey()))
          .append(": ")
          .append(quoted(message.getValue().schema().name()))
          .append('\n');
    }
  }

  String yaml() {
    return any ? modules.append(messages).toString() : "component_define: {}\nmodel_proto: {}\n";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
