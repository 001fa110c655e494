package io.fedflow.components.retrieval;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;

import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.federation.Envelope;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.ColumnSpec.Type;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Retrievals with short primes, for speed. */
final class RetrievalJobs {

  private RetrievalJobs() {}

  /** A guest and a host with one table each. */
  static ComponentHarness of(Table guest, Table host, Map<String, ?> params) {
    Map<String, Object> all = new HashMap<>(Map.of("dh_params", Map.of("key_length", 1024)));
    all.putAll(params);
    return Pair.harness(new SecureInformationRetrieval(), all)
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(host));
  }

  /** The same with default parameters and a model that was stored. */
  static ComponentHarness applied(Table guest, Table host, ComponentModel model) {
    return of(guest, host, Map.of())
        .inputs(GUEST, Tables.withModel(Tables.asData(guest), model))
        .inputs(HOST, Tables.withModel(Tables.asData(host), model));
  }

  /** Instances with one column of texts, by id. */
  static Table texts(String name, Map<String, String> rows) {
    Map<String, String> sorted = new TreeMap<>(rows);
    return new Table(
        new TableSchema(
            TableKind.INSTANCE,
            "id",
            List.of(new ColumnSpec(name, Type.TEXT, Use.FEATURE, "a_x0")),
            ","),
        sorted.keySet().toArray(String[]::new),
        List.of(new Column.Texts(sorted.values().toArray(String[]::new))));
  }

  /** Instances with match ids, and one column of texts that number the rows. */
  static Table matched(String name, String... matchIds) {
    int[] rows = IntStream.range(0, matchIds.length).toArray();
    return new Table(
        new TableSchema(
            TableKind.INSTANCE,
            "id",
            List.of(
                new ColumnSpec("person", Type.TEXT, Use.MATCH_ID, ""),
                new ColumnSpec(name, Type.TEXT, Use.FEATURE, "a_x0")),
            ","),
        IntStream.of(rows).mapToObj(row -> name + "-" + row).toArray(String[]::new),
        List.of(
            new Column.Texts(matchIds),
            new Column.Texts(
                IntStream.of(rows).mapToObj(row -> name + " " + row).toArray(String[]::new))));
  }

  /** The messages of a name, in order. */
  static List<Envelope> named(Result result, String name) {
    return result.messages().stream().filter(m -> m.tag().name().equals(name)).toList();
  }
}
