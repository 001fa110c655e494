package io.fedflow.job;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;

/** The federation of an attempt, closed to it once it is fenced. Thread-safe. */
record FencedFederation(Federation federation, Attempt attempt) implements Federation {

  @Override
  public void send(Party to, MessageTag tag, Payload payload) throws InterruptedException {
    requireOpen();
    federation.send(to, tag, payload);
  }

  @Override
  public Payload receive(Party from, MessageTag tag) throws InterruptedException {
    requireOpen();
    return federation.receive(from, tag);
  }

  @Override
  public List<Party> parties(Role role) {
    return federation.parties(role);
  }

  @Override
  public Traffic traffic() {
    return federation.traffic();
  }

  private void requireOpen() {
    if (attempt.fenced()) {
      throw new FedflowException(FailureKind.CANCELLED, "task.stopped", attempt.reason());
    }
  }
}
