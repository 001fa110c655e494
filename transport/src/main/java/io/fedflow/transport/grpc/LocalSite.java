package io.fedflow.transport.grpc;

import io.fedflow.federation.Mailboxes;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyGate;
import io.fedflow.spi.PartyLink;
import java.util.Set;

/**
 * What one site offers to the parties it serves.
 *
 * @param partyIds the party ids that this site acts for
 * @param engine takes their commands; never blocks
 * @param mailboxes takes their envelopes
 * @param door takes commands of other sites, on their way to the engine
 * @param gate decides which words of other sites come to the door
 */
public record LocalSite(
    Set<String> partyIds, PartyLink engine, Mailboxes mailboxes, PartyDoor door, PartyGate gate) {

  /** A site whose engine takes all commands, whoever sends them. */
  public LocalSite(Set<String> partyIds, PartyLink engine, Mailboxes mailboxes) {
    this(partyIds, engine, mailboxes, PartyDoor.to(engine), PartyGate.OPEN);
  }

  /** Copies the set. */
  public LocalSite {
    partyIds = Set.copyOf(partyIds);
  }

  /** Tells whether a party is served here. */
  public boolean serves(Party party) {
    return partyIds.contains(party.id());
  }
}
