package io.fedflow.testkit.link;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.Payload;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Links that break one promise each. */
final class BrokenLinks {

  private BrokenLinks() {}

  /** A world whose links are spoilt on the way. */
  private static class SpoiltWorld implements LinkWorld {
    private final LinkWorld good;

    SpoiltWorld(Duration patience) {
      this.good = new InProcessWorld(patience);
    }

    PartyLink spoil(PartyLink link) {
      return link;
    }

    void deliver(FederationLink link, Envelope envelope) throws InterruptedException {
      link.deliver(envelope);
    }

    @Override
    public void start(String partyId, PartyLink engine, Mailboxes mailboxes) {
      good.start(partyId, engine, mailboxes);
    }

    @Override
    public void stop(String partyId) {
      good.stop(partyId);
    }

    @Override
    public PartyLink partyLink(String fromPartyId) {
      return spoil(good.partyLink(fromPartyId));
    }

    @Override
    public FederationLink federationLink(String fromPartyId) {
      FederationLink link = good.federationLink(fromPartyId);
      return envelope -> deliver(link, envelope);
    }

    @Override
    public void close() {
      good.close();
    }
  }

  static class AnswersTooEarly extends PartyLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        PartyLink spoil(PartyLink link) {
          return (to, command) -> {
            link.send(to, command);
            return CompletableFuture.completedStage(null);
          };
        }
      };
    }
  }

  static class MixesUpAnswers extends PartyLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        PartyLink spoil(PartyLink link) {
          return new PartyLink() {
            @Override
            public CompletionStage<Void> send(Party to, PartyCommand command) {
              return link.send(to, command);
            }

            @Override
            public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
              PartyQuestion other = new PartyQuestion.CheckInheritance(question.jobId(), List.of());
              return link.ask(to, other);
            }
          };
        }
      };
    }
  }

  static class ForgetsTheKind extends PartyLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        PartyLink spoil(PartyLink link) {
          return (to, command) ->
              failingWith(link.send(to, command), FailureKind.PEER, "party.failed");
        }
      };
    }
  }

  static class CallsAbsenceABug extends PartyLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        PartyLink spoil(PartyLink link) {
          return (to, command) -> failingWith(link.send(to, command), FailureKind.BUG, "internal");
        }
      };
    }
  }

  static class SwapsCommands extends PartyLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        PartyLink spoil(PartyLink link) {
          return new Swapping(link);
        }
      };
    }
  }

  static class LosesEnvelopes extends FederationLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        void deliver(FederationLink link, Envelope envelope) {}
      };
    }
  }

  static class CutsPayloads extends FederationLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        void deliver(FederationLink link, Envelope whole) throws InterruptedException {
          Payload cut = new Payload(whole.payload().format(), new byte[0]);
          link.deliver(new Envelope(whole.task(), whole.from(), whole.to(), whole.tag(), cut));
        }
      };
    }
  }

  static class HidesAbsence extends FederationLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        void deliver(FederationLink link, Envelope envelope) throws InterruptedException {
          try {
            link.deliver(envelope);
          } catch (FedflowException unreachable) {
            throw FedflowException.peer("peer.gone", unreachable.getMessage());
          }
        }
      };
    }
  }

  static class SwallowsInterrupts extends FederationLinkContract {
    @Override
    protected LinkWorld newWorld(Duration patience) {
      return new SpoiltWorld(patience) {
        @Override
        void deliver(FederationLink link, Envelope envelope) {
          try {
            link.deliver(envelope);
          } catch (InterruptedException swallowed) {
            return;
          }
        }
      };
    }
  }

  private static CompletionStage<Void> failingWith(
      CompletionStage<Void> stage, FailureKind kind, String code) {
    return stage.handle(
        (done, failure) -> {
          if (failure != null) {
            throw new FedflowException(kind, code, failure.getMessage());
          }
          return done;
        });
  }

  /** Lets the seventh step of a job overtake the sixth. */
  private static final class Swapping implements PartyLink {
    private final PartyLink link;
    private final Deque<Runnable> held = new ArrayDeque<>();

    private Swapping(PartyLink link) {
      this.link = link;
    }

    @Override
    public synchronized CompletionStage<Void> send(Party to, PartyCommand command) {
      if (command instanceof PartyCommand.StartTask start && start.task().version() == 5) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        held.add(() -> link.send(to, command).thenAccept(done::complete));
        return done;
      }
      CompletionStage<Void> sent = link.send(to, command);
      if (!held.isEmpty()) {
        held.remove().run();
      }
      return sent;
    }
  }
}
