package io.fedflow.transport.grpc;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.transport.grpc.wire.Task;

/** Parties and tasks on the wire. Reading throws IllegalArgumentException on what is malformed. */
final class IdentityCodec {

  private IdentityCodec() {}

  static io.fedflow.transport.grpc.wire.Party write(Party party) {
    return io.fedflow.transport.grpc.wire.Party.newBuilder()
        .setRole(party.role().name())
        .setId(party.id())
        .build();
  }

  static Party read(io.fedflow.transport.grpc.wire.Party party) {
    return Party.of(party.getRole(), party.getId());
  }

  static Task write(TaskId task) {
    return Task.newBuilder()
        .setJobId(task.jobId())
        .setComponent(task.component())
        .setVersion(task.version())
        .build();
  }

  static TaskId read(Task task) {
    if (task.getVersion() < 0) {
      throw new IllegalArgumentException("task version: found more than 2147483647");
    }
    return new TaskId(
        required("job id", task.getJobId()),
        required("component", task.getComponent()),
        task.getVersion());
  }

  static String required(String name, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + ": missing");
    }
    return value;
  }
}
