package io.fedflow.fakes;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.FederationLink;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.PeerWatch;
import io.fedflow.spi.Stores;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** The guest's site and the host's site, each with its own stores, in one process. */
public final class TwoSites implements AutoCloseable {

  private final ComponentCatalog catalog;
  private final int slots;
  private final Function<Party, PeerWatch> peers;
  private final Duration patience;
  private final Map<Party, Stores> stores =
      Map.of(Plans.GUEST, EngineStores.fresh(), Plans.HOST, EngineStores.fresh());
  private volatile BiPredicate<Party, PartyCommand> lost = (to, command) -> false;
  private final Map<String, Fedflow> sites = new ConcurrentHashMap<>();
  private final java.util.List<Fedflow> all = new java.util.ArrayList<>();

  /** Starts both sites. */
  public TwoSites(ComponentCatalog catalog) {
    this(catalog, FedflowBuilder.DEFAULT_SLOTS);
  }

  /** Starts both sites with so many slots each. */
  public TwoSites(ComponentCatalog catalog, int slots) {
    this(catalog, slots, party -> PeerWatch.NONE, FedflowBuilder.DEFAULT_PEER_PATIENCE);
  }

  /**
   * Starts both sites.
   *
   * @param peers what each site notices of the other
   * @param patience how long it bears with the other being away
   */
  public TwoSites(
      ComponentCatalog catalog, int slots, Function<Party, PeerWatch> peers, Duration patience) {
    this.catalog = catalog;
    this.slots = slots;
    this.peers = peers;
    this.patience = patience;
    start(Plans.GUEST);
    start(Plans.HOST);
  }

  /** The site of a party. */
  public Fedflow at(Party party) {
    return sites.get(party.id());
  }

  /** Chooses commands whose receiver's site dies before it answers, and is started again. */
  public void lose(BiPredicate<Party, PartyCommand> which) {
    lost = which;
  }

  private CompletionStage<Void> crashed(Party party) {
    start(party).recover();
    return CompletableFuture.failedStage(
        new FedflowException(
            FailureKind.UNKNOWN, "party.unreachable", party + " may have heard that"));
  }

  /** Starts a party's site on what is stored of it; the one before is cut off, not closed. */
  public Fedflow start(Party party) {
    Fedflow[] own = new Fedflow[1];
    own[0] =
        Fedflow.builder()
            .components(catalog)
            .slots(slots)
            .peerPatience(patience)
            .stores(stores.get(party))
            .links(
                (local, mailboxes) -> {
                  PartyLink parties =
                      new PartyLink() {
                        @Override
                        public CompletionStage<Void> send(Party to, PartyCommand command) {
                          if (cutOff(own[0], party)) {
                            return CompletableFuture.failedStage(unreachable(to));
                          }
                          return lost.test(to, command)
                              ? crashed(to)
                              : admitted(party, to, command);
                        }

                        @Override
                        public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
                          return cutOff(own[0], party)
                              ? CompletableFuture.failedStage(unreachable(to))
                              : at(to)
                                  .localParties()
                                  .admit(Set.of(party.id()), to, question)
                                  .thenCompose(ok -> at(to).localParties().ask(to, question));
                        }
                      };
                  FederationLink messages =
                      envelope -> {
                        if (!cutOff(own[0], party)) {
                          if (!envelope.to().id().equals(party.id())) {
                            at(envelope.to()).localParties().admit(envelope.key());
                          }
                          at(envelope.to()).mailboxes().deliver(envelope);
                        }
                      };
                  return new FedflowBuilder.Links(
                      parties,
                      messages,
                      other -> other.id().equals(party.id()),
                      peers.apply(party));
                })
            .build();
    sites.put(party.id(), own[0]);
    all.add(own[0]);
    return own[0];
  }

  /** As a wire does: what a site says to itself is not asked about. */
  private CompletionStage<Void> admitted(Party from, Party to, PartyCommand command) {
    return to.id().equals(from.id())
        ? at(to).localParties().send(to, command)
        : at(to)
            .localParties()
            .admit(Set.of(from.id()), to, command)
            .thenCompose(ok -> at(to).localParties().send(to, command));
  }

  private boolean cutOff(Fedflow site, Party party) {
    return at(party) != site;
  }

  private static FedflowException unreachable(Party to) {
    return new FedflowException(
        FailureKind.UNAVAILABLE, "party.unreachable", to + " cannot be reached");
  }

  @Override
  public void close() {
    all.forEach(Fedflow::close);
  }
}
