package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.vertx.core.MultiMap;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who calls, as the connection proves it. What a call claims is measured by it: a site speaks for
 * the parties that its certificate names, and for no others. A relay tells whom a call comes from.
 *
 * @param identity empty on a connection that proves nothing (plaintext)
 * @param said what a signature covers; empty where none is looked at
 */
record Caller(Optional<PeerIdentity> identity, Optional<Said> said) {

  /**
   * A message as it arrived, with what may be signed of it.
   *
   * @param headers of the call
   * @param method of the protocol
   * @param message its bytes
   */
  record Said(MultiMap headers, String method, byte[] message) {}

  /**
   * Refuses a call in the name of somebody else.
   *
   * @param field where the call names the parties
   * @param claimed their ids
   * @throws FedflowException {@code party.not_certified} of kind PEER
   */
  void requireParties(String field, Collection<String> claimed) {
    if (identity.isEmpty() || identity.get().actsFor(claimed)) {
      return;
    }
    throw FedflowException.peer(
        "party.not_certified",
        field
            + ": found party ids "
            + new TreeSet<>(claimed)
            + ", allowed those that the certificate of the calling site names, "
            + identity.get().partyIds()
            + "; it is "
            + identity.get().text());
  }

  /**
   * Refuses a request that does not say for whom its sender speaks, or not truly.
   *
   * @throws FedflowException {@code party.not_certified}, or {@code protocol.malformed} for none
   */
  void requireFrom(Collection<String> from) {
    if (identity.isPresent() && from.isEmpty()) {
      throw FedflowException.peer(
          "protocol.malformed", "from: missing, expected the party ids of the calling site");
    }
    requireParties("from", from);
  }

  /**
   * Refuses a command that says it comes from a party of another site.
   *
   * @throws FedflowException {@code party.not_certified}
   */
  void requireSender(PartyCommand command) {
    if (command instanceof PartyCommand.CreateJob create) {
      requireParties("initiator", List.of(create.initiator().id()));
    } else if (command instanceof PartyCommand.ReportTask report) {
      requireParties("reporting party", List.of(report.party().id()));
    } else if (command instanceof PartyCommand.AskAlign align) {
      requireParties("asking parties", ids(align.parties()));
    } else if (command instanceof PartyCommand.SlotsGranted granted) {
      requireParties("parties with slots", ids(granted.slots().keySet()));
    }
  }

  private static List<String> ids(Collection<Party> parties) {
    return parties.stream().map(Party::id).toList();
  }
}
