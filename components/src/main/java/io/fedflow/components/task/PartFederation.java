package io.fedflow.components.task;

import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;

/** Messages of one part of a task: the same names, with the part's name before what follows. */
final class PartFederation implements Federation {

  private final Federation whole;
  private final String part;

  PartFederation(Federation whole, String part) {
    this.whole = whole;
    this.part = part;
  }

  @Override
  public void send(Party to, MessageTag tag, Payload payload) throws InterruptedException {
    whole.send(to, named(tag), payload);
  }

  @Override
  public Payload receive(Party from, MessageTag tag) throws InterruptedException {
    return whole.receive(from, named(tag));
  }

  @Override
  public List<Party> parties(Role role) {
    return whole.parties(role);
  }

  /** Of the whole task. */
  @Override
  public Traffic traffic() {
    return whole.traffic();
  }

  private MessageTag named(MessageTag tag) {
    return new MessageTag(tag.name(), tag.suffix().isEmpty() ? part : part + '.' + tag.suffix());
  }
}
