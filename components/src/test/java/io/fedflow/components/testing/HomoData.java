package io.fedflow.components.testing;

import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The guest's example rows, dealt out to a guest and two hosts. */
public final class HomoData {

  public static final Party GUEST = new Party(Role.GUEST, "9999");
  public static final Party HOST = new Party(Role.HOST, "10000");
  public static final Party SECOND = new Party(Role.HOST, "10001");
  public static final Party ARBITER = new Party(Role.ARBITER, "10000");

  /** A guest, one or two hosts, an arbiter. */
  public static Parties parties(int hosts) {
    return new Parties(
        Map.of(
            Role.GUEST,
            List.of("9999"),
            Role.HOST,
            List.of("10000", "10001").subList(0, hosts),
            Role.ARBITER,
            List.of("10000")));
  }

  private HomoData() {}

  /** All rows. */
  public static Table all() {
    return BreastData.guest(GUEST);
  }

  /** The rows from one position until before another. */
  public static Table rows(int from, int to) {
    return all().select(IntStream.range(from, to).toArray());
  }
}
