package io.fedflow.testkit.sim;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The modules of simulated jobs: who runs them is all they differ in, since scripts do the work.
 */
enum Modules {
  EVERYBODY(Role.GUEST, Role.HOST, Role.ARBITER),
  PAIR(Role.GUEST, Role.HOST),
  GUEST_ALONE(Role.GUEST),
  HOSTS_ALONE(Role.HOST);

  private final Set<Role> roles;

  Modules(Role... roles) {
    this.roles = Set.of(roles);
  }

  Set<Role> roles() {
    return roles;
  }

  static ComponentCatalog catalog() {
    return new ComponentCatalog(Arrays.stream(values()).map(Modules::component).toList());
  }

  private Component component() {
    List<MessageDeclaration> messages =
        List.of(new MessageDeclaration("word", Protection.PUBLIC, null, roles, roles, "a word"));
    ComponentDescriptor descriptor =
        new ComponentDescriptor(
            name(),
            roles,
            ParameterSchema.builder().integer(Labels.NAME, 0, 0, null, "a number").build(),
            messages);
    return new Component() {
      @Override
      public ComponentDescriptor descriptor() {
        return descriptor;
      }

      @Override
      public TaskOutputs run(TaskContext context) {
        throw new IllegalStateException("scripts are played instead");
      }
    };
  }
}
