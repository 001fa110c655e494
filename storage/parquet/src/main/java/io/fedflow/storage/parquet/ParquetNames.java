package io.fedflow.storage.parquet;

import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of a file's columns: those of the table, as far as they differ without regard to case,
 * which not all readers do. The manifest keeps the names themselves; files are read by position.
 */
final class ParquetNames {

  private ParquetNames() {}

  /** A name for the id, then one for each column. */
  static List<String> of(TableSchema schema) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    names.add(fresh(schema.idName().isEmpty() ? "id" : schema.idName(), taken));
    for (ColumnSpec column : schema.columns()) {
      names.add(fresh(column.name().isEmpty() ? "value" : column.name(), taken));
    }
    return names;
  }

  private static String fresh(String wanted, Set<String> taken) {
    // No format that reads these files takes a zero in a name.
    String plain = wanted.replace('\0', ' ');
    String name = plain;
    for (int i = 1; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = plain + '_' + i;
    }
    return name;
  }
}
