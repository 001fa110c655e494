package io.fedflow.components.binning;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.aggregation.SumMessages;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts columns into bins of about equal counts over the rows of guest and hosts together, which
 * stay where they are: parties add ranks of common points in secret. Compatible with FATE 1.11's
 * module of the same name; both of its methods stop where every party can tell. Columns whose every
 * value is a bin have a bin for each value of any party. Stateless; thread-safe.
 */
public final class HomoFeatureBinning implements Component {

  static final String MODULE = "HomoFeatureBinning";

  private static final Set<Role> CLIENTS = Set.of(Role.GUEST, Role.HOST);

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          HomoBinningParameters.SCHEMA,
          messages(),
          Map.of(
              Role.GUEST,
              "HomoBinningClient",
              Role.HOST,
              "HomoBinningClient",
              Role.ARBITER,
              "HomoBinningArbiter"),
          HomoBinningParameters::check);

  /** The component. */
  public HomoFeatureBinning() {}

  private static List<MessageDeclaration> messages() {
    List<MessageDeclaration> all = new ArrayList<>(SumMessages.ALL);
    all.add(
        new MessageDeclaration(
            CommonRanks.MORE,
            Protection.PUBLIC,
            null,
            Set.of(Role.GUEST),
            Set.of(Role.HOST, Role.ARBITER),
            "how many columns are cut by ranks and by values, a digest of their names, and for how"
                + " many points ranks are added, again and again"));
    all.add(
        new MessageDeclaration(
            CommonRanks.BOUNDS.name(),
            Protection.PUBLIC,
            null,
            CLIENTS,
            Set.of(Role.ARBITER),
            "about between which bounds the sender's values of each column lie, to a 64th of their"
                + " distance"));
    all.add(
        new MessageDeclaration(
            CommonRanks.COMMON_BOUNDS.name(),
            Protection.PUBLIC,
            null,
            Set.of(Role.ARBITER),
            CLIENTS,
            "about between which bounds all parties' values of each column lie"));
    all.add(
        new MessageDeclaration(
            CommonCategories.VALUES.name(),
            Protection.PUBLIC,
            null,
            CLIENTS,
            Set.of(Role.ARBITER),
            "which different values the sender's category columns have"));
    all.add(
        new MessageDeclaration(
            CommonCategories.COMMON.name(),
            Protection.PUBLIC,
            null,
            Set.of(Role.ARBITER),
            CLIENTS,
            "which different values all parties' category columns have together; of two parties each"
                + " knows the other's that it does not have itself"));
    return List.copyOf(all);
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    boolean runs = context.params().bool("need_run");
    if (context.self().role().equals(Role.ARBITER)) {
      if (runs) {
        new HomoBinningArbiter(context).run();
      }
      return TaskOutputs.none();
    }
    return runs ? new HomoBinningClient(context).run() : ActionPlan.unchanged(context.inputs());
  }
}
