package io.fedflow.testkit.spi;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskOutputs;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.testkit.spi.JobPolicyContract.Asked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Jobs that policies are asked about, and look-ups that hang or fail when a test wants so. */
final class PolicyWorld {

  static final Party HOST = Party.of("host", "10000");

  private static final Component READER =
      Component.of(
          new ComponentDescriptor(
              "Reader",
              Set.of(Role.GUEST, Role.HOST),
              ParameterSchema.builder()
                  .any("table", null, "which", ParameterType.MAP, ParameterType.NULL)
                  .build(),
              List.of()),
          context -> TaskOutputs.none());

  static final ComponentCatalog CATALOG = new ComponentCatalog(List.of(READER));

  private volatile boolean broken;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** A job that a guest submits, in which the host reads a table. */
  static Asked reading(String guest, String table) {
    Pipeline pipeline = new Pipeline().party(Role.GUEST, guest).party(Role.HOST, HOST.id());
    pipeline
        .add("reader_0", "Reader")
        .set(HOST, "table", Map.of("namespace", "bank", "name", table))
        .set(Party.of("guest", guest), "table", Map.of("namespace", "shop", "name", "labels"));
    return new Asked(HOST, JobPlanner.plan(pipeline.compile(), CATALOG));
  }

  /** A look-up. */
  <T> T lookedUp(T value) {
    try {
      if (!gate.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a look-up hung for a minute");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stop);
    }
    if (broken) {
      throw new FedflowException(FailureKind.UNAVAILABLE, "blob.io", "the disk is gone");
    }
    return value;
  }

  void breakLookUps() {
    broken = true;
  }

  void whileLookUpsHang(Runnable work) {
    gate = new CountDownLatch(1);
    try {
      work.run();
    } finally {
      gate.countDown();
    }
  }
}
