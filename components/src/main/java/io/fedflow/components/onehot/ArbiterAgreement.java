package io.fedflow.components.onehot;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A guest or host that hears from the arbiter which values there are at all parties. */
final class ArbiterAgreement implements ValueAgreement {

  private final TaskContext context;

  ArbiterAgreement(TaskContext context) {
    this.context = context;
  }

  @Override
  public OneHotModel agree(OneHotModel own) throws InterruptedException {
    if (own.values().isEmpty()) {
      skip();
      return own;
    }
    Party arbiter = tell(ColumnValues.encode(own.values(), own.numbers()));
    Map<String, Boolean> numbers = new HashMap<>();
    Map<String, List<String>> union =
        ColumnValues.decode(
            arbiter,
            context.federation().receive(arbiter, MessageTag.of(HomoOneHotEncoder.UNION)),
            numbers);
    if (!union.keySet().equals(own.values().keySet())) {
      throw FedflowException.peer("onehot.message", arbiter + " sent values of other columns");
    }
    Map<String, List<String>> inOrder = new LinkedHashMap<>();
    own.values().keySet().forEach(name -> inOrder.put(name, union.get(name)));
    return new OneHotModel(own.header(), inOrder, own.numbers());
  }

  @Override
  public void skip() throws InterruptedException {
    tell(Payload.ofTexts(List.of()));
  }

  private Party tell(Payload values) throws InterruptedException {
    List<Party> arbiters = context.federation().parties(Role.ARBITER);
    if (arbiters.size() != 1) {
      throw FedflowException.invalid(
          "parties.roles",
          "need_alignment: found true with " + arbiters.size() + " arbiters, allowed is one");
    }
    context.federation().send(arbiters.get(0), MessageTag.of(HomoOneHotEncoder.VALUES), values);
    return arbiters.get(0);
  }
}
