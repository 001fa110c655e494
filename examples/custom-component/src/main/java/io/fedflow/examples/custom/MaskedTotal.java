package io.fedflow.examples.custom;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.federation.Protection;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The total of one column over the tables of a guest and a host: the arbiter adds two numbers that
 * look random to it, and all three learn the total, but no other party's own sum.
 */
public final class MaskedTotal implements Component {

  private static final MessageTag MASK = MessageTag.of("mask");
  private static final MessageTag SHARE = MessageTag.of("share");
  private static final MessageTag TOTAL = MessageTag.of("total");
  private static final Set<Role> OWNERS = Set.of(Role.GUEST, Role.HOST);

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "MaskedTotal",
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          ParameterSchema.builder().text("column", "x", "the column to add up").build(),
          List.of(
              MessageDeclaration.masked("mask", Role.GUEST, Role.HOST, "nothing: a random number"),
              new MessageDeclaration(
                  "share",
                  Protection.MASKED,
                  null,
                  OWNERS,
                  Set.of(Role.ARBITER),
                  "nothing from one share, the total from both"),
              new MessageDeclaration(
                  "total", Protection.PUBLIC, null, Set.of(Role.ARBITER), OWNERS, "the total")));

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    long total = context.self().role().equals(Role.ARBITER) ? arbiter(context) : owner(context);
    context.tracker().summary(Map.of("total", total));
    context.tracker().metric("train", "total", List.of(new MetricPoint(0, total)));
    context.log().info("the total is " + total);
    return TaskOutputs.none();
  }

  private static long owner(TaskContext context) throws InterruptedException {
    Federation federation = context.federation();
    Party arbiter = federation.parties(Role.ARBITER).get(0);
    long sum = sum(context);
    long mask;
    // Sums of 64-bit numbers wrap around, so a mask hides all of the sum and cancels exactly.
    if (context.self().role().equals(Role.GUEST)) {
      mask = context.entropy().nextLong();
      federation.send(federation.parties(Role.HOST).get(0), MASK, Payload.ofLongs(mask));
    } else {
      mask = -federation.receive(federation.parties(Role.GUEST).get(0), MASK).asLongs()[0];
    }
    federation.send(arbiter, SHARE, Payload.ofLongs(sum + mask));
    return federation.receive(arbiter, TOTAL).asLongs()[0];
  }

  private static long arbiter(TaskContext context) throws InterruptedException {
    Federation federation = context.federation();
    long total = 0;
    for (Role role : List.of(Role.GUEST, Role.HOST)) {
      total += federation.receive(federation.parties(role).get(0), SHARE).asLongs()[0];
    }
    for (Role role : List.of(Role.GUEST, Role.HOST)) {
      federation.send(federation.parties(role).get(0), TOTAL, Payload.ofLongs(total));
    }
    return total;
  }

  /** In whole numbers: what is behind the point is left out. */
  private static long sum(TaskContext context) {
    Table table =
        context
            .inputs()
            .first("data")
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "masked_total.input",
                        context.task().component() + " has no data at " + context.self()));
    return (long) Arrays.stream(table.numbers(context.params().text("column"))).sum();
  }
}
