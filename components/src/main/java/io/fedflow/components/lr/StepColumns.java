package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that a search chooses from, by the names that may cross. Immutable.
 *
 * @param host of the only host
 * @param guest of the guest
 */
record StepColumns(List<String> host, List<String> guest) {

  /** More than this a search would never get through. */
  private static final int MOST = 10_000;

  StepColumns {
    host = List.copyOf(host);
    guest = List.copyOf(guest);
  }

  /** At a guest or host: tells the other parties the own names, and hears the other's. */
  static StepColumns exchange(TaskContext context, TableSchema own) throws InterruptedException {
    boolean guest = context.self().role().equals(Role.GUEST);
    Federation federation = context.federation();
    List<String> names = List.copyOf(AnonymousNames.of(own, context.self()).values());
    Party other = federation.parties(guest ? Role.HOST : Role.GUEST).get(0);
    List<Party> told = new ArrayList<>(federation.parties(Role.ARBITER));
    told.add(other);
    federation.sendAll(told, LrMessages.COLUMNS, Payload.ofTexts(names));
    List<String> theirs = receive(federation, other);
    return guest ? new StepColumns(theirs, names) : new StepColumns(names, theirs);
  }

  /** At the arbiter. */
  static StepColumns receive(TaskContext context) throws InterruptedException {
    Federation federation = context.federation();
    return new StepColumns(
        receive(federation, federation.parties(Role.HOST).get(0)),
        receive(federation, federation.parties(Role.GUEST).get(0)));
  }

  private static List<String> receive(Federation federation, Party from)
      throws InterruptedException {
    List<String> names = federation.receive(from, LrMessages.COLUMNS).asTexts();
    if (names.isEmpty() || names.size() > MOST) {
      throw FedflowException.peer(
          "lr.message",
          from + " has " + names.size() + " columns to choose from, allowed are 1.." + MOST);
    }
    return names;
  }
}
