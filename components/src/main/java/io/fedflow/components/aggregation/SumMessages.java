package io.fedflow.components.aggregation;

import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Set;

/** What crosses for sums over guest and hosts. */
public final class SumMessages {

  static final String KEY = "secure_sum_key";
  static final String PART = "secure_sum_part";
  static final String SUM = "secure_sum";

  private static final Set<Role> ADDING = Set.of(Role.GUEST, Role.HOST);

  /** All of them; part of the descriptor of every component that adds. */
  public static final List<MessageDeclaration> ALL =
      List.of(
          new MessageDeclaration(
              KEY, Protection.PUBLIC, null, ADDING, ADDING, "nothing: a fresh public key"),
          new MessageDeclaration(
              PART,
              Protection.MASKED,
              null,
              ADDING,
              Set.of(Role.ARBITER),
              "together with the parts of all other parties, the sum of their values"),
          new MessageDeclaration(
              SUM,
              Protection.PUBLIC,
              null,
              Set.of(Role.ARBITER),
              ADDING,
              "the sum of all parties' values; of two parties each learns the other's"));

  private SumMessages() {}
}
