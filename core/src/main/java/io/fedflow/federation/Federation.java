package io.fedflow.federation;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;

/**
 * The messages between the parties of one task. Only declared messages cross. Messages of one
 * attempt never reach another attempt. Safe for use by several threads of one task.
 */
public interface Federation {

  /**
   * Sends a message; returns when the link took it.
   *
   * @throws io.fedflow.failure.FedflowException {@code federation.undeclared} if the component does
   *     not declare the message for these roles, {@code federation.unreachable} if the link gave up
   * @throws InterruptedException if the task was stopped meanwhile
   */
  void send(Party to, MessageTag tag, Payload payload) throws InterruptedException;

  /**
   * Waits for a message.
   *
   * @throws io.fedflow.failure.FedflowException of kind PEER if the peer failed (with its reason)
   *     or the deadline passed
   * @throws InterruptedException if the task was stopped meanwhile
   */
  Payload receive(Party from, MessageTag tag) throws InterruptedException;

  /** Sends one message to every party of a role. */
  default void sendAll(List<Party> to, MessageTag tag, Payload payload)
      throws InterruptedException {
    for (Party party : to) {
      send(party, tag, payload);
    }
  }

  /** The parties of a role that run this task, in role-index order. */
  List<Party> parties(Role role);

  /** Bytes and messages so far. */
  Traffic traffic();

  /**
   * What crossed so far.
   *
   * @param messagesSent messages handed to the link
   * @param bytesSent payload bytes handed to the link
   * @param messagesReceived messages taken
   * @param bytesReceived payload bytes taken
   */
  record Traffic(long messagesSent, long bytesSent, long messagesReceived, long bytesReceived) {}
}
