package io.fedflow.components.onehot;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One-hot encoding of parties that have the same columns and different rows: every party gets a
 * column for each value that any of them has. Compatible with FATE 1.11's module of the same name;
 * values stand in ascending order. Stateless; thread-safe.
 */
public final class HomoOneHotEncoder implements Component {

  static final String VALUES = "one_hot_values";
  static final String UNION = "one_hot_union";

  private static final String MODULE = "HomoOneHotEncoder";
  private static final Set<Role> MEMBERS = Set.of(Role.GUEST, Role.HOST);
  private static final Set<Role> ARBITER = Set.of(Role.ARBITER);

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          ParameterSchema.builder()
              .include(OneHotEncoder.SCHEMA)
              .bool("need_alignment", true, "false leaves every party to its own values")
              .build(),
          List.of(
              new MessageDeclaration(
                  VALUES,
                  Protection.PUBLIC,
                  null,
                  MEMBERS,
                  ARBITER,
                  "the names of the encoded columns and which values each has at the sender"),
              new MessageDeclaration(
                  UNION,
                  Protection.PUBLIC,
                  null,
                  ARBITER,
                  MEMBERS,
                  "which values each encoded column has at all parties together")),
          Map.of(
              Role.GUEST,
              "HomoOneHotEncoderClient",
              Role.HOST,
              "HomoOneHotEncoderClient",
              Role.ARBITER,
              "HomoOneHotEncoderArbiter"),
          ComponentDescriptor.ParameterCheck.NONE);

  /** The component. */
  public HomoOneHotEncoder() {}

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    boolean aligns = context.params().bool("need_run") && context.params().bool("need_alignment");
    if (context.self().role().equals(Role.ARBITER)) {
      if (aligns) {
        new ValueUnion(context).run();
      }
      return TaskOutputs.none();
    }
    return Encoding.run(
        context, MODULE, aligns ? new ArbiterAgreement(context) : ValueAgreement.NONE);
  }
}
