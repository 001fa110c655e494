package io.fedflow.federation;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TaskId;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The federation of one party's task: checks declarations, names envelopes, counts traffic.
 * Thread-safe.
 */
public final class TaskFederation implements Federation {

  private final TaskId task;
  private final Party self;
  private final Parties parties;
  private final ComponentDescriptor descriptor;
  private final FederationLink link;
  private final Mailboxes mailboxes;
  private final Duration receiveTimeout;
  private final LongAdder messagesSent = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder messagesReceived = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();

  /**
   * Opens the federation of a task.
   *
   * @param parties the parties that run this task
   * @param descriptor the component, for its declared messages
   * @param link carries what this party sends
   * @param mailboxes holds what this party receives
   * @param receiveTimeout how long one message may take to come
   */
  public TaskFederation(
      TaskId task,
      Party self,
      Parties parties,
      ComponentDescriptor descriptor,
      FederationLink link,
      Mailboxes mailboxes,
      Duration receiveTimeout) {
    this.task = task;
    this.self = self;
    this.parties = parties;
    this.descriptor = descriptor;
    this.link = link;
    this.mailboxes = mailboxes;
    this.receiveTimeout = receiveTimeout;
  }

  @Override
  public void send(Party to, MessageTag tag, Payload payload) throws InterruptedException {
    requireDeclared(self, to, tag);
    link.deliver(new Envelope(task, self, to, tag, payload));
    messagesSent.increment();
    bytesSent.add(payload.size());
  }

  @Override
  public Payload receive(Party from, MessageTag tag) throws InterruptedException {
    requireDeclared(from, self, tag);
    Payload payload =
        mailboxes.take(new Envelope.Key(task, from, self, tag), receiveTimeout.toNanos());
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

  private void requireDeclared(Party from, Party to, MessageTag tag) {
    MessageDeclaration declaration =
        descriptor
            .message(tag.name())
            .orElseThrow(() -> undeclared(tag, from, to, "the component declares no such message"));
    if (!declaration.from().contains(from.role()) || !declaration.to().contains(to.role())) {
      throw undeclared(
          tag, from, to, "declared from " + declaration.from() + " to " + declaration.to());
    }
    if (!parties.contains(from) || !parties.contains(to)) {
      throw undeclared(tag, from, to, "both must run the task; it runs at " + parties.all());
    }
  }

  private FedflowException undeclared(MessageTag tag, Party from, Party to, String why) {
    return new FedflowException(
        FailureKind.BUG,
        "federation.undeclared",
        descriptor.module() + " may not send " + tag + " from " + from + " to " + to + ": " + why);
  }
}
