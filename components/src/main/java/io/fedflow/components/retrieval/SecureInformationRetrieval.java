package io.fedflow.components.retrieval;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.intersection.IdsToMatch;
import io.fedflow.components.labels.Labels;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gets a host's label or columns for the guest's ids, without showing the host which of many blocks
 * of its rows was wanted; see the package for the protocol and what each party learns. The guest
 * hands its ids on with what it got, as texts, and {@value RetrievedTable#UNRETRIEVED} where the
 * host does not have the id; the host hands its rows on unchanged. With a model, as in a
 * prediction, values are retrieved anew. Compatible with FATE 1.11's module of the same name.
 * Stateless; thread-safe.
 */
public final class SecureInformationRetrieval implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          RetrievalModel.MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          RetrievalParameters.SCHEMA,
          RetrievalMessages.ALL,
          Map.of(
              Role.GUEST,
              "SecureInformationRetrievalGuest",
              Role.HOST,
              "SecureInformationRetrievalHost"),
          RetrievalParameters::check);

  /** The component. */
  public SecureInformationRetrieval() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    Party host = onlyHost(context);
    Table table =
        FeatureColumns.requireInstances(
            ActionPlan.ofOneTable(context.inputs(), RetrievalModel.MODULE).table(),
            RetrievalModel.MODULE);
    RetrievalSettings settings = RetrievalSettings.of(context.params());
    IdsToMatch ids = IdsToMatch.of(table);
    if (settings.blocks() == 1) {
      context.log().warning("one block: the host learns which of its rows are retrieved");
    }
    int common;
    Table handedOn = table;
    if (context.self().role().equals(Role.GUEST)) {
      RetrievalGuest.Retrieved retrieved = new RetrievalGuest(context, settings, host).run(ids);
      common = retrieved.count();
      handedOn = RetrievedTable.of(ids, settings, retrieved);
    } else {
      common = new RetrievalHost(context, settings).run(ids, values(table, settings));
    }
    int own = ids.ids().length;
    context.log().info(common + " of " + own + " ids are common");
    RetrievalModel model = new RetrievalModel((double) common / own, settings.blocks());
    model.report(context);
    return TaskOutputs.of(
        handedOn, model.toStored(context.task().component(), context.params(), settings.keyBits()));
  }

  private static Party onlyHost(TaskContext context) {
    List<Party> hosts = context.federation().parties(Role.HOST);
    if (hosts.size() != 1) {
      throw FedflowException.invalid(
          "retrieval.hosts",
          RetrievalModel.MODULE + ": found " + hosts.size() + " hosts, allowed is one");
    }
    return hosts.get(0);
  }

  /** The wanted columns of the host, [columns][rows]. */
  private static String[][] values(Table table, RetrievalSettings settings) {
    if (settings.wantsLabel()) {
      String[] labels =
          Labels.texts(table)
              .orElseThrow(
                  () ->
                      FedflowException.invalid(
                          "labels.missing",
                          RetrievalParameters.TARGETS
                              + ": found none, which means the label, and rows without a label;"
                              + " name columns, or read the host's rows with_label"));
      return new String[][] {labels};
    }
    return settings.targets().stream().map(name -> texts(table, name)).toArray(String[][]::new);
  }

  private static String[] texts(Table table, String name) {
    if (!table.schema().header().contains(name)) {
      throw FedflowException.invalid(
          "columns.unknown",
          RetrievalParameters.TARGETS
              + ": found "
              + name
              + ", allowed is one of "
              + table.schema().header());
    }
    String[] texts = new String[table.rowCount()];
    Arrays.setAll(texts, table.column(table.schema().indexOf(name))::textAt);
    return texts;
  }
}
