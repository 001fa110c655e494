package io.fedflow.components.onehot;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The arbiter's part: joins the values of all parties. */
final class ValueUnion {

  private final TaskContext context;
  private final List<Party> members = new ArrayList<>();

  ValueUnion(TaskContext context) {
    this.context = context;
    members.addAll(context.federation().parties(Role.GUEST));
    members.addAll(context.federation().parties(Role.HOST));
  }

  /**
   * Joins, unless all parties apply a model.
   *
   * @throws FedflowException {@code onehot.members} or {@code onehot.types} (INVALID) naming the
   *     parties that do not fit each other, {@code onehot.values} (INVALID) naming a column of too
   *     many values
   */
  void run() throws InterruptedException {
    Map<String, TreeSet<String>> union = new LinkedHashMap<>();
    Map<String, Boolean> numbers = new HashMap<>();
    for (Party member : members) {
      Map<String, Boolean> kinds = new HashMap<>();
      Map<String, List<String>> values =
          ColumnValues.decode(
              member,
              context.federation().receive(member, MessageTag.of(HomoOneHotEncoder.VALUES)),
              kinds);
      if (member.equals(members.get(0))) {
        numbers.putAll(kinds);
        values.keySet().forEach(name -> union.put(name, of(numbers.get(name))));
      }
      requireSame(member, kinds, numbers);
      values.forEach((name, known) -> union.get(name).addAll(known));
    }
    if (union.isEmpty()) {
      return;
    }
    Map<String, List<String>> joined = new LinkedHashMap<>();
    union.forEach(
        (name, known) -> {
          OneHotModel.requireFew(name, known.size());
          joined.put(name, List.copyOf(known));
        });
    context
        .federation()
        .sendAll(
            members, MessageTag.of(HomoOneHotEncoder.UNION), ColumnValues.encode(joined, numbers));
  }

  private static TreeSet<String> of(boolean numbers) {
    return new TreeSet<>(ColumnValues.order(numbers));
  }

  private void requireSame(Party member, Map<String, Boolean> kinds, Map<String, Boolean> numbers) {
    if (!kinds.keySet().equals(numbers.keySet())) {
      throw FedflowException.invalid(
          "onehot.members",
          members.get(0)
              + " and "
              + member
              + ": one encodes the columns "
              + numbers.keySet()
              + " and the other "
              + kinds.keySet()
              + "; all parties must encode the same, and none apply a model while others learn");
    }
    for (Map.Entry<String, Boolean> column : kinds.entrySet()) {
      if (!column.getValue().equals(numbers.get(column.getKey()))) {
        throw ColumnException.of(
            "onehot.types",
            column.getKey(),
            "found numbers at one of "
                + members.get(0)
                + " and "
                + member
                + " and texts at the other, allowed is one type at all parties");
      }
    }
  }
}
