package io.fedflow.federation;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;

/**
 * One message on its way between two parties of a task.
 *
 * @param task the attempt it belongs to; a later attempt never reads it
 * @param from the sender
 * @param to the receiver
 * @param tag names the message inside the task
 * @param payload the content
 */
public record Envelope(TaskId task, Party from, Party to, MessageTag tag, Payload payload) {

  /** What a receiver waits for. */
  public Key key() {
    return new Key(task, from, to, tag);
  }

  /**
   * Names a message exactly.
   *
   * @param task the attempt
   * @param from the sender
   * @param to the receiver
   * @param tag the tag
   */
  public record Key(TaskId task, Party from, Party to, MessageTag tag) {}
}
