package io.fedflow.components.transform;

import io.fedflow.party.Party;
import java.util.List;
import java.util.stream.IntStream;

/** The only names of a party's columns that may cross to another party. */
final class AnonymousNames {

  private AnonymousNames() {}

  /** {@code <role>_<party>_x<i>} for every feature. */
  static List<String> header(Party party, int features) {
    return IntStream.range(0, features).mapToObj(i -> prefix(party) + "x" + i).toList();
  }

  /** {@code <role>_<party>_y}. */
  static String label(Party party) {
    return prefix(party) + "y";
  }

  private static String prefix(Party party) {
    return party.role().name() + '_' + party.id() + '_';
  }
}
