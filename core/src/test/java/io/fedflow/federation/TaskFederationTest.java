package io.fedflow.federation;

import static io.fedflow.fakes.Plans.ARBITER;
import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Refusals;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskFederationTest {

  private static final MessageTag HINT = MessageTag.of("hint");
  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "Hints",
          Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
          ParameterSchema.empty(),
          List.of(
              MessageDeclaration.open("hint", Role.GUEST, Role.HOST, "a hint"),
              MessageDeclaration.masked("mask", Role.HOST, Role.ARBITER, "nothing")));

  private final Mailboxes mailboxes = new Mailboxes();
  private final Parties parties = new Parties(inOrder());

  /** Guest and host run the task; the arbiter does not. */
  private static Map<Role, List<String>> inOrder() {
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    byRole.put(Role.GUEST, List.of("1"));
    byRole.put(Role.HOST, List.of("2", "5"));
    return byRole;
  }

  private TaskFederation at(Party party, FederationLink link) {
    return new TaskFederation(
        task("a"), party, parties, DESCRIPTOR, link, mailboxes, Duration.ofMillis(1));
  }

  @Test
  void declaredMessagesCrossAndAreCounted() throws InterruptedException {
    TaskFederation guest = at(GUEST, mailboxes);
    TaskFederation host = at(HOST, mailboxes);
    guest.sendAll(guest.parties(Role.HOST), HINT, Payload.ofLongs(1, 2));
    assertThat(host.receive(GUEST, HINT).asLongs()).containsExactly(1, 2);
    assertThat(guest.traffic()).isEqualTo(new Traffic(2, 34, 0, 0));
    assertThat(host.traffic()).isEqualTo(new Traffic(0, 0, 1, 17));
    assertThat(guest.parties(Role.HOST)).extracting(Party::id).containsExactly("2", "5");
  }

  @Test
  void whatIsNotDeclaredDoesNotCross() {
    TaskFederation guest = at(GUEST, mailboxes);
    TaskFederation host = at(HOST, mailboxes);
    Payload word = Payload.ofLongs(1);
    List<FedflowException> refusals =
        List.of(
            Refusals.of(() -> guest.send(HOST, MessageTag.of("other"), word), "undeclared"),
            Refusals.of(() -> host.send(GUEST, HINT, word), "the wrong way"),
            Refusals.of(() -> guest.receive(HOST, HINT), "received the wrong way"),
            Refusals.of(() -> host.send(ARBITER, MessageTag.of("mask"), word), "does not run"),
            Refusals.of(() -> guest.send(new Party(Role.HOST, "9"), HINT, word), "a stranger"));
    assertThat(refusals)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("federation.undeclared");
              assertThat(refusal.kind()).isEqualTo(FailureKind.BUG);
            });
    assertThat(mailboxes.pending()).isZero();
    assertThat(guest.traffic()).isEqualTo(new Traffic(0, 0, 0, 0));
  }

  @Test
  void whatDidNotArriveIsNotCounted() {
    FedflowException away = FedflowException.peer("federation.unreachable", "away");
    TaskFederation guest =
        at(
            GUEST,
            envelope -> {
              throw away;
            });
    assertThatThrownBy(() -> guest.send(HOST, HINT, Payload.ofLongs(1))).isSameAs(away);
    Refusals.assertRefused(
        "federation.timeout", () -> at(HOST, mailboxes).receive(GUEST, HINT), "");
    assertThat(guest.traffic()).isEqualTo(new Traffic(0, 0, 0, 0));
  }

  @Test
  void tagsNameRepeatedMessages() {
    assertThat(MessageTag.of("grad", 3, 0)).hasToString("grad#3.0");
    assertThat(MessageTag.of("key")).hasToString("key");
    assertThatThrownBy(() -> MessageTag.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MessageTag("a", "x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new MessageDeclaration(
                    "c", Protection.CIPHERTEXT, null, Set.of(Role.HOST), Set.of(Role.GUEST), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
