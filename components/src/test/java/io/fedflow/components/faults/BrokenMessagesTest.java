package io.fedflow.components.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.party.Role;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every message that any component sends, damaged on its way: the receiver refuses it and names the
 * sender, and all parties come to an end.
 */
class BrokenMessagesTest {

  /** A shorter list says something else, which nobody but its sender could tell from the truth. */
  private static final Set<String> SHORTER_IS_SOUND =
      Set.of(
          "sample_rows",
          "selection_columns",
          "selection_kept",
          "homo_lr_join",
          "homo_lr_classes",
          "homo_binning_more",
          "sbt_counts",
          "result",
          // The first block says how many rows all others must have.
          "retrieval_block_rows");

  /** A column's own name, which is not part of an anonymous one, or a number with decimals. */
  private static final Pattern PRIVATE =
      Pattern.compile("(?<![A-Za-z0-9_])(x[0-9]|[0-9]+\\.[0-9]{2})");

  /** They send the messages of HeteroLR, whose training they share. */
  private static final Set<String> SAME_MESSAGES = Set.of("HeteroLinR", "HeteroPoisson");

  @TestFactory
  Stream<DynamicTest> everyMessage() {
    return ComponentJobs.modules().stream()
        .filter(module -> !ComponentJobs.WITHOUT_JOB.contains(module))
        .filter(module -> !SAME_MESSAGES.contains(module))
        .map(ComponentJobs::of)
        .filter(job -> !job.component().descriptor().messages().isEmpty())
        .flatMap(BrokenMessagesTest::of);
  }

  private static Stream<DynamicTest> of(ComponentJob job) {
    Map<String, Envelope> firsts = new LinkedHashMap<>();
    for (Envelope message : job.harness().run().succeeded().messages()) {
      firsts.putIfAbsent(
          message.tag().name() + " from " + message.from().role() + " to " + message.to().role(),
          message);
    }
    return firsts.entrySet().stream()
        .flatMap(
            first ->
                Stream.of(Damage.values())
                    .filter(damage -> damage.appliesTo(first.getValue()))
                    .filter(damage -> !isSound(damage, first.getValue()))
                    .map(
                        damage ->
                            dynamicTest(
                                job.module() + ": " + damage + " in " + first.getKey(),
                                () -> isRefused(job, damage, first.getValue()))));
  }

  private static boolean isSound(Damage damage, Envelope message) {
    return damage == Damage.CUT && SHORTER_IS_SOUND.contains(message.tag().name());
  }

  private static void isRefused(ComponentJob job, Damage damage, Envelope message) {
    Result result = job.harness().tamper(damage.once(message)).run();
    assertThat(result.failures().keySet()).as("parties that failed").isNotEmpty();
    Throwable root = result.rootFailure();
    assertThat(root).isInstanceOf(FedflowException.class);
    FailureKind kind = ((FedflowException) root).kind();
    assertThat(kind).as(root.getMessage()).isIn(FailureKind.PEER, FailureKind.INVALID);
    if (kind == FailureKind.PEER) {
      // Such a cause crosses: to whoever reads it elsewhere, columns and values are not told.
      assertThat(Confidential.leaveOut(root.getMessage())).doesNotContainPattern(PRIVATE);
    }
    // There is one guest and one arbiter; of hosts there may be several.
    assertThat(root)
        .hasMessageContaining(
            message.from().role().equals(Role.HOST)
                ? message.from().toString()
                : message.from().role().toString());
  }
}
