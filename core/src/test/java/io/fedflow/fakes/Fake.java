package io.fedflow.fakes;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Set;

/** A component whose work a test gives. */
public final class Fake implements Component {

  private final ComponentDescriptor descriptor;
  private final Work work;

  private Fake(ComponentDescriptor descriptor, Work work) {
    this.descriptor = descriptor;
    this.work = work;
  }

  /** What a component does. */
  @FunctionalInterface
  public interface Work {
    /** Runs one part. */
    TaskOutputs run(TaskContext context) throws Exception;
  }

  /** Runs at guest, host and arbiter; knows {@code need_run} and the open message {@code word}. */
  public static Fake of(String module, Work work) {
    return of(module, Set.of(Role.GUEST, Role.HOST, Role.ARBITER), work);
  }

  /** Runs at these roles; knows {@code need_run} and the open message {@code word}. */
  public static Fake of(String module, Set<Role> roles, Work work) {
    ParameterSchema parameters =
        ParameterSchema.builder()
            .bool("need_run", true, "whether it runs")
            .text("note", "", "free text")
            .build();
    List<MessageDeclaration> messages =
        roles.size() < 2
            ? List.of()
            : List.of(
                new MessageDeclaration(
                    "word", io.fedflow.federation.Protection.PUBLIC, null, roles, roles, "a word"));
    return new Fake(new ComponentDescriptor(module, roles, parameters, messages), work);
  }

  /** Does nothing and gives nothing. */
  public static Fake idle(String module) {
    return of(module, context -> TaskOutputs.none());
  }

  @Override
  public ComponentDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws Exception {
    return work.run(context);
  }
}
