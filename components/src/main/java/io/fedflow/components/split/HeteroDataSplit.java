package io.fedflow.components.split;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.Positions;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts the common rows of guest and hosts into three tables as the guest decides. Compatible with
 * FATE 1.11's module of the same name, but rows are named by position and no id crosses. Stateless;
 * thread-safe.
 */
public final class HeteroDataSplit implements Component {

  private static final String MODULE = "HeteroDataSplit";

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SplitParameters.SCHEMA,
          SplitMessages.ALL,
          Map.of(Role.GUEST, "HeteroDataSplitGuest", Role.HOST, "HeteroDataSplitHost"),
          SplitParameters::check);

  /** The component. */
  public HeteroDataSplit() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    if (!context.params().bool("need_run")) {
      return ActionPlan.unchanged(context.inputs());
    }
    Table given = ActionPlan.ofOneTable(context.inputs(), MODULE).table();
    Table table = RowAgreement.align(context, given, 0);
    SplitDraw draw =
        context.self().role().equals(Role.GUEST) ? decide(context, table) : follow(context, table);
    return SplitTask.finish(context, table, draw);
  }

  private static SplitDraw decide(TaskContext context, Table table) throws InterruptedException {
    SplitDraw draw = SplitTask.draw(context, table);
    Federation federation = context.federation();
    List<Party> hosts = federation.parties(Role.HOST);
    federation.sendAll(hosts, MessageTag.of(SplitMessages.TRAIN), Positions.payload(draw.train()));
    federation.sendAll(
        hosts, MessageTag.of(SplitMessages.VALIDATE), Positions.payload(draw.validate()));
    federation.sendAll(hosts, MessageTag.of(SplitMessages.TEST), Positions.payload(draw.test()));
    return draw;
  }

  private static SplitDraw follow(TaskContext context, Table table) throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    SplitDraw draw =
        new SplitDraw(
            rows(context, guest, SplitMessages.TRAIN, table),
            rows(context, guest, SplitMessages.VALIDATE, table),
            rows(context, guest, SplitMessages.TEST, table));
    boolean[] seen = new boolean[table.rowCount()];
    int count = 0;
    for (int[] part : List.of(draw.train(), draw.validate(), draw.test())) {
      count += part.length;
      Arrays.stream(part).forEach(row -> seen[row] = true);
    }
    for (boolean each : seen) {
      if (!each || count != seen.length) {
        throw FedflowException.peer(
            "split.rows",
            guest
                + ": found a split of "
                + count
                + " rows, allowed is one that holds each of the "
                + seen.length
                + " common rows once");
      }
    }
    return draw;
  }

  private static int[] rows(TaskContext context, Party guest, String message, Table table)
      throws InterruptedException {
    return Positions.read(
        context.federation().receive(guest, MessageTag.of(message)),
        guest,
        table.rowCount(),
        table.rowCount());
  }
}
