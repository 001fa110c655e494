package io.fedflow.components.intersection;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Intersections of tables that hold little more than ids. */
final class IntersectionJobs {

  static final Intersection COMPONENT = new Intersection(CryptoSuite.standard());
  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final Party HOST = new Party(Role.HOST, "h0");

  private IntersectionJobs() {}

  /** A run of guest and hosts with these ids, each with a column {@code x0} of row numbers. */
  static ComponentHarness of(List<List<String>> ids, Map<String, Object> params) {
    Parties parties = parties(ids.size() - 1);
    ComponentHarness harness = new ComponentHarness(COMPONENT, parties).params(params);
    for (int i = 0; i < ids.size(); i++) {
      harness.inputs(
          parties.all().get(i), Tables.asData(Tables.ofIds(ids.get(i).toArray(String[]::new))));
    }
    return harness;
  }

  /** A guest and some hosts. */
  static Parties parties(int hosts) {
    Map<Role, List<String>> byRole = new java.util.LinkedHashMap<>();
    byRole.put(Role.GUEST, List.of("9999"));
    byRole.put(Role.HOST, IntStream.range(0, hosts).mapToObj(i -> "h" + i).toList());
    return new Parties(byRole);
  }

  /** About 84 of 120 ids, shuffled. */
  static List<String> randomIds(Random random) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      if (random.nextInt(10) < 7) {
        ids.add("person-" + i + "-é");
      }
    }
    Collections.shuffle(ids, random);
    return ids;
  }
}
