package io.fedflow.testkit.link;

import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.spi.PartyLink;

/**
 * The sites of one test and the links between them. There are two sites, of the parties {@link
 * #GUEST} and {@link #HOST}; both are down at first. Any other party is nowhere.
 */
public interface LinkWorld extends AutoCloseable {

  /** The party id of one site. */
  String GUEST = "9999";

  /** The party id of the other site. */
  String HOST = "10000";

  /**
   * Starts a site; it is up when this returns. A site that was stopped comes back at the same
   * place.
   *
   * @param engine takes its commands
   * @param mailboxes takes its envelopes
   */
  void start(String partyId, PartyLink engine, Mailboxes mailboxes);

  /** Stops a site; it is down when this returns. */
  void stop(String partyId);

  /** The link for commands of a site, whether that site is up or not. */
  PartyLink partyLink(String fromPartyId);

  /** The link for envelopes of a site, whether that site is up or not. */
  FederationLink federationLink(String fromPartyId);

  @Override
  void close();
}
