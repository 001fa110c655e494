package io.fedflow.components.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.testing.Privacy;
import io.fedflow.components.testing.Tables;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowAgreementTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST_A = new Party(Role.HOST, "10000");
  private static final Party HOST_B = new Party(Role.HOST, "10001");
  private static final Parties PARTIES =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001")));

  @Test
  void align_whenRowsAreShuffled_givesOneOrder() {
    ComponentHarness.Result result =
        harness(
                Tables.ofIds("b", "a", "c"),
                Tables.ofIds("c", "b", "a"),
                Tables.ofIds("a", "b", "c"))
            .run()
            .succeeded();

    for (Party party : PARTIES.all()) {
      assertThat(result.of(party).data().get(0).ids()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void align_whenCountsDiffer_failsWithBothCountsAndTheRemedy() {
    Throwable failure =
        harness(Tables.ofIds("a", "b", "c"), Tables.ofIds("a", "b"), Tables.ofIds("a", "b", "c"))
            .run()
            .rootFailure();

    assertThat(failure)
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("has 3 rows")
        .hasMessageContaining("has 2 rows")
        .hasMessageContaining("Intersection");
  }

  @Test
  void align_whenIdsDiffer_failsAlthoughCountsAgree() {
    Throwable failure =
        harness(Tables.ofIds("a", "b"), Tables.ofIds("a", "b"), Tables.ofIds("a", "x"))
            .run()
            .rootFailure();

    assertThat(failure).hasMessageContaining("with other ids").hasMessageNotContaining("x,");
  }

  @Test
  void align_always_sendsNoIdAndNoPlainHash() {
    String[] ids = {"customer-0001", "customer-0002", "customer-0003"};
    ComponentHarness.Result result =
        harness(Tables.ofIds(ids), Tables.ofIds(ids), Tables.ofIds(ids)).run().succeeded();

    Privacy.assertNoTraceOf(result.messages(), List.of(ids));
    assertThat(result.messages()).hasSize(2 + 4 + 4);
  }

  @Test
  void align_inTwoRuns_usesFreshKeys() {
    String[] ids = {"a"};
    Set<Payload> keys = new java.util.HashSet<>();
    for (int run = 0; run < 2; run++) {
      harness(Tables.ofIds(ids), Tables.ofIds(ids), Tables.ofIds(ids)).run().messages().stream()
          .filter(m -> m.tag().name().equals("row_agreement_key"))
          .map(Envelope::payload)
          .forEach(keys::add);
    }

    assertThat(keys).hasSize(2);
  }

  @Test
  void align_whenACountIsMalformed_blamesThePeer() {
    Throwable failure =
        harness(Tables.ofIds("a"), Tables.ofIds("a"), Tables.ofIds("a"))
            .tamper(
                envelope ->
                    envelope.tag().name().equals("row_agreement_count")
                        ? new Envelope(
                            envelope.task(),
                            envelope.from(),
                            envelope.to(),
                            envelope.tag(),
                            Payload.ofLongs(-1))
                        : envelope)
            .run()
            .rootFailure();

    assertThat(failure).hasMessageContaining("row counts");
  }

  @Test
  void digest_whenIdsAreSplitElsewhere_differs() {
    byte[] key = new byte[32];

    assertThat(SortedIdDigest.of(new String[] {"ab", "c"}, key))
        .isNotEqualTo(SortedIdDigest.of(new String[] {"a", "bc"}, key));
  }

  @Test
  void align_atAnArbiter_isRefused() {
    Party arbiter = new Party(Role.ARBITER, "1");
    Throwable failure =
        new ComponentHarness(
                new Aligning(Set.of(Role.ARBITER)), new Parties(Map.of(Role.ARBITER, List.of("1"))))
            .inputs(arbiter, Tables.asData(Tables.ofIds("a")))
            .run()
            .rootFailure();

    assertThatThrownBy(
            () -> {
              throw failure;
            })
        .isInstanceOf(IllegalStateException.class);
  }

  private static ComponentHarness harness(Table guest, Table hostA, Table hostB) {
    return new ComponentHarness(new Aligning(Set.of(Role.GUEST, Role.HOST)), PARTIES)
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST_A, Tables.asData(hostA))
        .inputs(HOST_B, Tables.asData(hostB));
  }

  private record Aligning(Set<Role> roles) implements Component {
    @Override
    public ComponentDescriptor descriptor() {
      return new ComponentDescriptor(
          "Aligning", roles, ParameterSchema.empty(), RowAgreement.MESSAGES);
    }

    @Override
    public TaskOutputs run(TaskContext context) throws Exception {
      Table table = context.inputs().first("data").orElseThrow();
      return TaskOutputs.of(RowAgreement.align(context, table, 0));
    }
  }
}
