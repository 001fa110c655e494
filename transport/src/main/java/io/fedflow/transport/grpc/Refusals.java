package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.TreeSet;

/** What a site does not take. */
final class Refusals {

  private Refusals() {}

  /**
   * Refuses what is for a party of another site.
   *
   * @throws FedflowException {@code party.not_served}
   */
  static void requireServed(LocalSite site, Party to) {
    if (!site.serves(to)) {
      throw FedflowException.invalid(
          "party.not_served",
          "this site does not serve party "
              + to
              + ", it serves the ids "
              + new TreeSet<>(site.partyIds())
              + "; correct the sender's route to party id "
              + to.id());
    }
  }
}
