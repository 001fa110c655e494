package io.fedflow.transport.http.v1;

import io.fedflow.dsl.TableRef;
import io.fedflow.transport.http.wire.Arguments;

/** The table that a call names, under either of FATE's two words for a name. */
final class TableNamed {

  private TableNamed() {}

  /** {@code namespace}, and {@code table_name} or {@code name}. */
  static TableRef by(Arguments arguments) {
    String name =
        arguments.has("name") && !arguments.has("table_name")
            ? arguments.requiredText("name")
            : arguments.require("namespace", "table_name").requiredText("table_name");
    return new TableRef(arguments.requiredText("namespace"), name);
  }
}
