package io.fedflow.components.expand;

import io.fedflow.component.Params;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns are appended, and their stored form: FATE 1.11's {@code ColumnExpandMeta} and
 * {@code ColumnExpandParam}. Immutable.
 *
 * @param names of the new columns
 * @param values what each of them holds
 * @param header all columns of the expanded rows
 */
record ExpandModel(List<String> names, List<String> values, List<String> header) {

  static final String MODULE = "ColumnExpand";

  private static final MessageSchema META =
      MessageSchema.builder("ColumnExpandMeta")
          .repeated("append_header", 1, Type.STRING)
          .one("method", 2, Type.STRING)
          .repeated("fill_value", 3, Type.STRING)
          .one("need_run", 4, Type.BOOL)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("ColumnExpandParam").repeated("header", 1, Type.STRING).build();

  ExpandModel {
    names = List.copyOf(names);
    values = List.copyOf(values);
    header = List.copyOf(header);
  }

  /** What a conf asks for. */
  static ExpandModel fit(Params params, List<String> before) {
    List<String> names = params.isNull("append_header") ? List.of() : params.texts("append_header");
    List<String> values =
        params.get("fill_value") instanceof List<?>
            ? params.texts("fill_value")
            : Collections.nCopies(names.size(), String.valueOf(params.get("fill_value")));
    List<String> header = new ArrayList<>(before);
    header.addAll(names);
    return new ExpandModel(names, values, header);
  }

  /** Reads a stored model. */
  static ExpandModel of(ComponentModel stored) {
    return new ExpandModel(
        stored.meta().list("append_header"),
        stored.meta().list("fill_value"),
        stored.param().list("header"));
  }

  /**
   * The rows with the new columns behind.
   *
   * @throws FedflowException {@code columns.double} (INVALID) if a name is taken
   */
  Table apply(Table table, Party self) {
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    List<Column> columns = new ArrayList<>(table.columns());
    for (int i = 0; i < names.size(); i++) {
      if (table.schema().indexOf(names.get(i)) >= 0) {
        throw ColumnException.of(
            "columns.double",
            List.of(names.get(i)),
            "append_header: found "
                + names.get(i)
                + ", which the table has; allowed are other names");
      }
      specs.add(
          new ColumnSpec(
              names.get(i),
              ColumnSpec.Type.TEXT,
              ColumnSpec.Use.FEATURE,
              AnonymousNames.expanded(self, i)));
      String[] cells = new String[table.rowCount()];
      Arrays.fill(cells, values.get(i));
      columns.add(new Column.Texts(cells));
    }
    return table.withColumns(specs, columns);
  }

  /** The stored form. */
  ComponentModel toStored(String component) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(
        "ColumnExpandMeta",
        new ModelMessage(
            META,
            Map.of(
                "append_header",
                names,
                "method",
                "manual",
                "fill_value",
                values,
                "need_run",
                true)));
    messages.put("ColumnExpandParam", new ModelMessage(PARAM, Map.of("header", header)));
    return new ComponentModel(component, MODULE, "model", messages);
  }
}
