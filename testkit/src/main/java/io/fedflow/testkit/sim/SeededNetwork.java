package io.fedflow.testkit.sim;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyLink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Carries commands and messages between the sites of a world: late, not at all, twice, or without
 * bringing the answer back. Commands of one site to one party about one job keep their order (L4):
 * the next one sets out when the last one was answered or given up; nothing else has an order.
 * Messages of tasks are sent again until they arrive. Not thread-safe.
 */
final class SeededNetwork {

  private static final int PAUSE_MILLIS = 500;

  /** What a site offers to the others while it is up. */
  record Endpoint(
      Life life,
      BiFunction<Party, PartyCommand, CompletionStage<Void>> engine,
      BiFunction<Party, PartyQuestion, CompletionStage<PartyAnswer>> answers,
      Inbox inbox) {

    /** Takes messages of tasks. */
    interface Inbox extends Consumer<Envelope> {}
  }

  private record Lane(Life from, Party to, String jobId) {}

  /** One command on its way; equal to itself only. */
  private static final class Call {

    private final Life from;
    private final Party to;
    private final PartyCommand command;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Call(Life from, Party to, PartyCommand command) {
      this.from = from;
      this.to = to;
      this.command = command;
    }
  }

  private final ManualTime time;
  private final Weather weather;
  private final Chance chance;
  private final Story story;
  private final Map<String, Endpoint> up = new HashMap<>();
  private final Map<Lane, ArrayDeque<Call>> lanes = new HashMap<>();
  private final Map<Call, String> open = new LinkedHashMap<>();
  private Set<String> cutOff = Set.of();

  SeededNetwork(ManualTime time, Weather weather, Chance chance, Story story) {
    this.time = time;
    this.weather = weather;
    this.chance = chance;
    this.story = story;
  }

  /** A site's process is there to be reached. */
  void up(String site, Endpoint endpoint) {
    up.put(site, endpoint);
  }

  /** A site's process died: whoever waits for its answer gets none. */
  void down(String site) {
    up.remove(site);
    List<Call> unanswered = new ArrayList<>();
    open.forEach(
        (call, to) -> {
          if (to.equals(site)) {
            unanswered.add(call);
          }
        });
    unanswered.forEach(call -> time.after(weather.linkMillis(), () -> lost(call, true)));
  }

  /** Cuts these sites off from the others until {@link #join}. */
  void cut(Set<String> sites) {
    cutOff = Set.copyOf(sites);
  }

  void join() {
    cutOff = Set.of();
  }

  /** The link of a process. */
  PartyLink linkOf(Life from) {
    return new PartyLink() {
      @Override
      public CompletionStage<Void> send(Party to, PartyCommand command) {
        return SeededNetwork.this.send(from, to, command);
      }

      @Override
      public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
        return SeededNetwork.this.ask(from, to, question);
      }
    };
  }

  /** Questions have no order; one that gets no answer is given up. */
  private CompletionStage<PartyAnswer> ask(Life from, Party to, PartyQuestion question) {
    CompletableFuture<PartyAnswer> done = new CompletableFuture<>();
    if (!from.calls()) {
      return done;
    }
    if (to.id().equals(from.site())) {
      return up.get(from.site()).answers().apply(to, question);
    }
    if (!weather.drops()) {
      time.after(weather.linkMillis(), () -> asked(from, to, question, done));
    }
    time.after(
        3L * weather.patienceMillis(),
        () ->
            from.whileAlive(
                () ->
                    done.completeExceptionally(
                        new FedflowException(
                            FailureKind.UNAVAILABLE,
                            "party.unreachable",
                            "party " + to + " does not answer"))));
    return done.minimalCompletionStage();
  }

  private void asked(
      Life from, Party to, PartyQuestion question, CompletableFuture<PartyAnswer> done) {
    Endpoint site = up.get(to.id());
    if (site == null || !reachable(from.site(), to.id())) {
      return;
    }
    site.answers()
        .apply(to, question)
        .whenComplete(
            (answer, failed) -> {
              if (site.life().alive() && !weather.losesAnswer()) {
                time.after(
                    weather.linkMillis(),
                    () -> from.whileAlive(() -> answered(done, answer, failed)));
              }
            });
  }

  private static void answered(
      CompletableFuture<PartyAnswer> done, PartyAnswer answer, Throwable failed) {
    if (failed == null) {
      done.complete(answer);
    } else {
      done.completeExceptionally(failed);
    }
  }

  private CompletionStage<Void> send(Life from, Party to, PartyCommand command) {
    if (!from.calls()) {
      return new CompletableFuture<>();
    }
    if (to.id().equals(from.site())) {
      return up.get(from.site()).engine().apply(to, command);
    }
    Call call = new Call(from, to, command);
    Lane lane = new Lane(from, to, command.jobId());
    ArrayDeque<Call> waiting = lanes.get(lane);
    if (waiting == null) {
      lanes.put(lane, new ArrayDeque<>());
      depart(call);
    } else {
      waiting.add(call);
    }
    return call.done.minimalCompletionStage();
  }

  private void depart(Call call) {
    open.put(call, "");
    if (weather.drops()) {
      time.after(weather.patienceMillis(), () -> lost(call, false));
      return;
    }
    time.after(weather.linkMillis(), () -> arrive(call));
    if (weather.duplicates()) {
      time.after(weather.linkMillis() + weather.patienceMillis(), () -> again(call));
    }
  }

  private void arrive(Call call) {
    Endpoint site = reached(call);
    if (site == null) {
      time.after(weather.patienceMillis(), () -> lost(call, false));
      return;
    }
    open.put(call, site.life().site());
    story.tell(site.life().site(), "<- " + call.from.site(), call.command);
    site.engine()
        .apply(call.to, call.command)
        .whenComplete(
            (ok, failed) -> {
              if (site.life().alive()) {
                answer(call, failed);
              }
            });
  }

  private void answer(Call call, Throwable failed) {
    if (weather.losesAnswer() || reached(call) == null) {
      time.after(weather.patienceMillis(), () -> lost(call, true));
    } else {
      time.after(weather.linkMillis(), () -> end(call, failed));
    }
  }

  private void again(Call call) {
    Endpoint site = reached(call);
    if (site != null) {
      story.tell(site.life().site(), "<- " + call.from.site() + " again", call.command);
      site.engine().apply(call.to, call.command);
    }
  }

  private Endpoint reached(Call call) {
    return reachable(call.from.site(), call.to.id()) ? up.get(call.to.id()) : null;
  }

  private boolean reachable(String from, String to) {
    return cutOff.contains(from) == cutOff.contains(to);
  }

  private void lost(Call call, boolean mayHaveArrived) {
    end(
        call,
        new FedflowException(
            mayHaveArrived ? FailureKind.UNKNOWN : FailureKind.UNAVAILABLE,
            "party.unreachable",
            "party " + call.to + " does not answer"));
  }

  private void end(Call call, Throwable failed) {
    if (open.remove(call) == null) {
      return;
    }
    Lane lane = new Lane(call.from, call.to, call.command.jobId());
    if (!call.from.alive()) {
      lanes.remove(lane);
      return;
    }
    Call next = lanes.get(lane).poll();
    if (next == null) {
      lanes.remove(lane);
    } else {
      depart(next);
    }
    if (failed == null) {
      call.done.complete(null);
    } else {
      story.tell(call.from.site(), "no " + name(call) + " at " + call.to + ":", said(failed));
      call.done.completeExceptionally(failed);
    }
  }

  private static String name(Call call) {
    return call.command.getClass().getSimpleName();
  }

  private static String said(Throwable failed) {
    Throwable inner = io.fedflow.data.Stages.unwrap(failed);
    return String.valueOf(inner.getMessage());
  }

  /**
   * Carries a message of a task, again and again until it arrives or its sender's process dies. A
   * second copy may come, but not to a process that was started since.
   *
   * @param wanted whether the sending task still waits for it to arrive; one that was stopped does
   *     not
   * @param arrived called once it arrived, if the sender's process lives to see it
   */
  void deliver(Life from, Envelope envelope, BooleanSupplier wanted, Runnable arrived) {
    if (!from.calls()) {
      return;
    }
    if (envelope.to().id().equals(from.site())) {
      up.get(from.site()).inbox().accept(envelope);
      arrived.run();
    } else {
      time.after(weather.linkMillis(), () -> tryToDeliver(from, envelope, wanted, arrived));
    }
  }

  private void tryToDeliver(
      Life from, Envelope envelope, BooleanSupplier wanted, Runnable arrived) {
    if (!from.alive() || !wanted.getAsBoolean()) {
      return;
    }
    Endpoint site = up.get(envelope.to().id());
    if (site == null || !reachable(from.site(), envelope.to().id()) || weather.drops()) {
      time.after(
          chance.between(1, PAUSE_MILLIS), () -> tryToDeliver(from, envelope, wanted, arrived));
      return;
    }
    site.inbox().accept(envelope);
    if (weather.duplicates()) {
      time.after(
          weather.patienceMillis(),
          () -> site.life().whileAlive(() -> site.inbox().accept(envelope)));
    }
    time.after(weather.linkMillis(), () -> from.whileAlive(arrived));
  }
}
