package io.fedflow.worker;

import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.worker.Frames.Type;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The federation of a task whose messages go through its server, which checks them. Thread-safe.
 */
final class RemoteFederation implements Federation {

  private final Parties parties;
  private final Answers answers;
  private final LongAdder messagesSent = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder messagesReceived = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();

  RemoteFederation(Parties parties, Answers answers) {
    this.parties = parties;
    this.answers = answers;
  }

  @Override
  public void send(Party to, MessageTag tag, Payload payload) throws InterruptedException {
    answers.ask(
        Type.SEND,
        new Packet.Writer().party(to).tag(tag).integer(payload.format().ordinal()),
        payload.bytes());
    messagesSent.increment();
    bytesSent.add(payload.size());
  }

  @Override
  public Payload receive(Party from, MessageTag tag) throws InterruptedException {
    Payload payload =
        answers.ask(Type.RECEIVE, new Packet.Writer().party(from).tag(tag), new byte[0]).payload();
    messagesReceived.increment();
    bytesReceived.add(payload.size());
    return payload.receivedFrom(from, tag);
  }

  @Override
  public List<Party> parties(Role role) {
    return parties.of(role);
  }

  @Override
  public Traffic traffic() {
    return new Traffic(
        messagesSent.sum(), bytesSent.sum(), messagesReceived.sum(), bytesReceived.sum());
  }
}
