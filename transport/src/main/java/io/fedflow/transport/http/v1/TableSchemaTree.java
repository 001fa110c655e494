package io.fedflow.transport.http.v1;

import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of a table in FATE's form. */
final class TableSchemaTree {

  private TableSchemaTree() {}

  /** Raw tables have their header as one text, others as a list. */
  static Map<String, Object> of(TableSchema schema) {
    List<String> header = schema.header();
    boolean raw = schema.kind() == TableKind.RAW;
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("header", raw ? String.join(schema.delimiter(), header) : header);
    tree.put("sid", schema.idName());
    schema.labelName().ifPresent(label -> tree.put("label_name", label));
    if (!raw) {
      tree.put("anonymous_header", schema.anonymousHeader());
    }
    return tree;
  }
}
