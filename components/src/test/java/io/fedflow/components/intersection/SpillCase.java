package io.fedflow.components.intersection;

import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskInputs;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.table.TableCodec;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A way to intersect, on random ids that are the same for the same seed.
 *
 * @param method rsa, dh or ecdh
 * @param mode {@code rows}, {@code split}, {@code count}, {@code cache}, {@code match} or {@code
 *     left}
 * @param hosts how many
 * @param seed of the ids
 */
record SpillCase(String method, String mode, int hosts, long seed) {

  static final int NEVER = 1_000_000;

  List<Party> parties() {
    return IntersectionJobs.parties(hosts).all();
  }

  /** Runs it; on a cache that was made under the same bound. */
  Result run(int spillAbove) {
    Map<Party, TaskCache> caches = mode.equals("cache") ? made(spillAbove) : Map.of();
    return harness(params(spillAbove), caches).run();
  }

  /** The run, and of a cache its use. */
  ComponentHarness harness(int spillAbove) {
    return harness(params(spillAbove), mode.equals("cache") ? made(SpillCase.NEVER) : Map.of());
  }

  /** The run that makes a cache. */
  ComponentHarness making(int spillAbove) {
    Map<String, Object> making = params(spillAbove);
    making.put("run_cache", true);
    return harness(making, Map.of());
  }

  private Map<Party, TaskCache> made(int spillAbove) {
    Map<Party, TaskCache> caches = new HashMap<>();
    making(spillAbove)
        .run()
        .succeeded()
        .outputs()
        .forEach((party, outputs) -> caches.put(party, outputs.caches().get(0)));
    return caches;
  }

  private ComponentHarness harness(Map<String, Object> params, Map<Party, TaskCache> caches) {
    Parties parties = IntersectionJobs.parties(hosts);
    ComponentHarness harness =
        new ComponentHarness(IntersectionJobs.COMPONENT, parties).params(params);
    Random random = new Random(seed);
    for (Party party : parties.all()) {
      TaskInputs inputs = Tables.asData(table(IntersectionJobs.randomIds(random)));
      List<TaskCache> cache = caches.containsKey(party) ? List.of(caches.get(party)) : List.of();
      harness.inputs(
          party, new TaskInputs(inputs.data(), inputs.model(), inputs.isometric(), cache));
    }
    return harness;
  }

  /** With match ids every fifth id has two rows. */
  private Table table(List<String> ids) {
    if (!mode.equals("match") && !mode.equals("left")) {
      return Tables.ofIds(ids.toArray(String[]::new));
    }
    List<String> matchIds = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      matchIds.add(ids.get(i));
      if (i % 5 == 0) {
        matchIds.add(ids.get(i));
      }
    }
    String[] rows = new String[matchIds.size()];
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = "row-" + (rows.length - i);
      values[i] = i;
    }
    return Tables.withMatchIds(matchIds.toArray(String[]::new), rows, values);
  }

  Map<String, Object> params(int spillAbove) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("intersect_method", method);
    params.put("spill_above", spillAbove);
    params.put("dh_params", Map.of("key_length", 1024));
    params.put("rsa_params", Map.of("key_length", 1024, "split_calculation", mode.equals("split")));
    if (mode.equals("count")) {
      params.put("cardinality_only", true);
      params.put("sync_cardinality", true);
      params.put("cardinality_method", method);
    }
    if (mode.equals("left")) {
      params.put("join_method", "left_join");
    }
    return params;
  }

  /** Whether a party had masked or signed ids in files. */
  static boolean spilled(Result result, Party party) {
    return result.trackers().get(party).logLines().stream()
        .anyMatch(line -> line.contains("wait in temporary files"));
  }

  /** All that a party gave, to be compared: its tables as bytes, what it tracked. */
  static List<Object> given(Result result, Party party) {
    List<Object> given = new ArrayList<>();
    for (Table table : result.of(party).data()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        TableCodec.write(table, bytes);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      given.add(java.util.HexFormat.of().formatHex(bytes.toByteArray()));
    }
    given.add(result.trackers().get(party).summary());
    given.add(result.trackers().get(party).points("train", "intersection"));
    return given;
  }
}
