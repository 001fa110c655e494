package io.fedflow.testkit.link;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Sites in one process, linked by method calls. What is for a site that is down waits for it.
 * Thread-safe.
 */
public final class InProcessWorld implements LinkWorld {

  private record Site(PartyLink engine, Mailboxes mailboxes) {}

  private record Waiting(Party to, PartyCommand command, CompletableFuture<Void> done) {}

  private final Duration patience;
  private final Map<String, Site> up = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * Two sites that are down.
   *
   * @param patience how long to wait for a site
   */
  public InProcessWorld(Duration patience) {
    this.patience = patience;
  }

  @Override
  public synchronized void start(String partyId, PartyLink engine, Mailboxes mailboxes) {
    up.put(partyId, new Site(engine, mailboxes));
    List<Waiting> due =
        waiting.stream().filter(command -> command.to().id().equals(partyId)).toList();
    waiting.removeAll(due);
    due.forEach(command -> pass(engine, command));
    notifyAll();
  }

  @Override
  public synchronized void stop(String partyId) {
    up.remove(partyId);
  }

  @Override
  public PartyLink partyLink(String fromPartyId) {
    return new PartyLink() {
      @Override
      public CompletionStage<Void> send(Party to, PartyCommand command) {
        return InProcessWorld.this.send(to, command);
      }

      @Override
      public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
        Site site = siteOf(to);
        return site == null
            ? CompletableFuture.failedStage(unreachable("party", to))
            : site.engine().ask(to, question);
      }
    };
  }

  @Override
  public FederationLink federationLink(String fromPartyId) {
    return envelope -> mailboxes(envelope).deliver(envelope);
  }

  @Override
  public synchronized void close() {
    up.clear();
    waiting.forEach(
        command -> command.done().completeExceptionally(unreachable("party", command.to())));
    waiting.clear();
  }

  private synchronized CompletionStage<Void> send(Party to, PartyCommand command) {
    Waiting sent = new Waiting(to, command, new CompletableFuture<>());
    Site site = up.get(to.id());
    if (site != null) {
      pass(site.engine(), sent);
    } else {
      waiting.add(sent);
      CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> giveUp(sent));
    }
    return sent.done().minimalCompletionStage();
  }

  private synchronized Site siteOf(Party party) {
    return up.get(party.id());
  }

  private void giveUp(Waiting command) {
    boolean stillWaiting;
    synchronized (this) {
      stillWaiting = waiting.remove(command);
    }
    if (stillWaiting) {
      command.done().completeExceptionally(unreachable("party", command.to()));
    }
  }

  private static void pass(PartyLink engine, Waiting command) {
    engine
        .send(command.to(), command.command())
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                command.done().complete(null);
              } else {
                command.done().completeExceptionally(failure);
              }
            });
  }

  private synchronized Mailboxes mailboxes(Envelope envelope) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!up.containsKey(envelope.to().id())) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw unreachable("federation", envelope.to());
      }
      wait(left);
    }
    return up.get(envelope.to().id()).mailboxes();
  }

  private static FedflowException unreachable(String what, Party party) {
    return new FedflowException(
        FailureKind.UNAVAILABLE, what + ".unreachable", "party " + party + " is down");
  }
}
