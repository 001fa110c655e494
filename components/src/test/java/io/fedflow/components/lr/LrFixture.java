package io.fedflow.components.lr;

import io.fedflow.component.TaskInputs;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One guest, one or two hosts and an arbiter over the example data, with short keys. */
final class LrFixture {

  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final Party HOST = new Party(Role.HOST, "10000");
  static final Party SECOND = new Party(Role.HOST, "10001");
  static final Party ARBITER = new Party(Role.ARBITER, "10000");

  static final Parties THREE =
      new Parties(
          Map.of(
              Role.GUEST,
              List.of("9999"),
              Role.HOST,
              List.of("10000"),
              Role.ARBITER,
              List.of("10000")));
  static final Parties FOUR =
      new Parties(
          Map.of(
              Role.GUEST,
              List.of("9999"),
              Role.HOST,
              List.of("10000", "10001"),
              Role.ARBITER,
              List.of("10000")));

  private LrFixture() {}

  /** Deterministic settings: full batch from zeros; what is given replaces them. */
  static Map<String, Object> params(Object... more) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("optimizer", "sgd");
    params.put("learning_rate", 0.15);
    params.put("alpha", 0.01);
    params.put("max_iter", 5);
    params.put("init_param", Map.of("init_method", "zeros"));
    params.put("encrypt_param", Map.of("key_length", 1024));
    for (int i = 0; i < more.length; i += 2) {
      params.put((String) more[i], more[i + 1]);
    }
    return params;
  }

  static ComponentHarness harness(Table guest, Table host, Map<String, ?> params) {
    return new ComponentHarness(new HeteroLR(CryptoSuite.standard()), THREE)
        .params(params)
        .inputs(GUEST, Tables.as("train_data", guest))
        .inputs(HOST, Tables.as("train_data", host));
  }

  static ComponentHarness harness(Map<String, ?> params) {
    return harness(BreastData.guest(GUEST), BreastData.host(HOST), params);
  }

  /** 200 rows of the guest in the order that parties agree on: enough where a run is many. */
  static Table fewGuestRows() {
    return few(BreastData.guest(GUEST));
  }

  /** The same rows of a host, columns {@code from} to {@code to - 1}. */
  static Table fewHostRows(Party party, int from, int to) {
    return few(BreastData.host(party, from, to));
  }

  /** The first 200 rows by id. */
  static Table few(Table table) {
    return table.sortedById().select(java.util.stream.IntStream.range(0, 200).toArray());
  }

  static ModelMessage param(Result result, Party party) {
    return result.of(party).model().orElseThrow().param();
  }

  static double weight(Result result, Party party, String column) {
    return param(result, party).<Double>map("weight").get(column);
  }

  static double[] losses(Result result) {
    return result.trackers().get(ARBITER).points("train", "loss").stream()
        .mapToDouble(p -> ((Number) p.value()).doubleValue())
        .toArray();
  }

  static TaskInputs inputs(String kind, Table table) {
    return Tables.as(kind, table);
  }
}
