package io.fedflow.dsl;

import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The names of trained models, in FATE's form. */
public final class ModelIds {

  private static final Comparator<String> BY_NUMBER_THEN_TEXT =
      Comparator.comparing(ModelIds::isNumber)
          .reversed()
          .thenComparing(id -> isNumber(id) ? new BigInteger(id) : BigInteger.ZERO)
          .thenComparing(Comparator.naturalOrder());

  private ModelIds() {}

  /**
   * The id that all parties of a job give its model: {@code
   * arbiter-301#guest-101#host-201_202#model}. Roles are ordered by name; ids of digits by number
   * and before others. Two jobs of the same parties share it; the model version tells them apart.
   */
  public static String modelId(Parties parties) {
    List<String> parts = new ArrayList<>();
    parties.byRole().keySet().stream()
        .sorted()
        .forEach(role -> parts.add(role.name() + '-' + ids(parties, role)));
    parts.add("model");
    return String.join("#", parts);
  }

  /** The id under which one party keeps its part: {@code host#201#<model id>}. */
  public static String partyModelId(Party party, String modelId) {
    return party.role().name() + '#' + party.id() + '#' + modelId;
  }

  private static String ids(Parties parties, Role role) {
    return String.join(
        "_", parties.byRole().get(role).stream().sorted(BY_NUMBER_THEN_TEXT).toList());
  }

  private static boolean isNumber(String id) {
    return id.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
