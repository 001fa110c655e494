package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shell around the machines of one job at this site: one lane, in which an event becomes a
 * turn, the turn is stored, and only then its effects happen. A turn that cannot be stored ends the
 * job's life here: nobody knows its state any more, and the next start of the site goes on with
 * what is stored. Thread-safe.
 */
final class JobShell {

  private static final System.Logger LOG = System.getLogger(JobShell.class.getName());

  /** How often words that may have been lost are said again. */
  private static final long SWEEP_MILLIS = 30_000;

  /** No job may hold up the others with a turn of any size. */
  private static final int MOST_EVENTS = 256;

  private final String jobId;
  private final EngineParts parts;
  private final SiteHealth health;
  private final SlotDesk desk;
  private final JobSlots slots;
  private final SerialLane lane;
  private final TurnStore store;
  private final JobMoves moves;
  private final JobOutbox outbox;
  private final CoordinatorHands coordinatorHands;
  private final PartyHands partyHands;
  private final EndedJob ended;
  private final PeerWatching peers;
  private final Alarm sweep;
  private final Consumer<JobShell> over;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  /** Why this shell ended before its job did. */
  private final AtomicReference<Throwable> lost = new AtomicReference<>();

  private final AtomicInteger beginning = new AtomicInteger();
  private final Map<Party, PartyState> states = new ConcurrentHashMap<>();

  /** The starts of other sites that were heard of: by their first party here, and when. */
  private final Set<Map.Entry<Party, Long>> restarts = ConcurrentHashMap.newKeySet();

  private volatile boolean givenUp;
  private boolean watching;
  private volatile JobPlan plan;

  /** Which update of the parameters the plan follows. */
  private int planEdition;

  private volatile CoordinationRow coordination;

  /**
   * The shell of a job.
   *
   * @param health is told of what no job of the site can outlive
   * @param desk gives slots of this site
   * @param lastSequence the sequence of its last stored event; 0 for a new job
   * @param over called when nothing of the job may be live at this site any more; see {@link
   *     #leaves}
   */
  JobShell(
      String jobId,
      EngineParts parts,
      SiteHealth health,
      SlotDesk desk,
      long lastSequence,
      Consumer<JobShell> over) {
    this.jobId = jobId;
    this.parts = parts;
    this.health = health;
    this.desk = desk;
    this.lane = new SerialLane(parts.executor(), this::broken, this::leaveIfOver);
    this.store = new TurnStore(jobId, parts, health.store(), lastSequence);
    this.moves = new JobMoves(jobId, parts.telemetry(), parts.clock());
    this.outbox = new JobOutbox(jobId, parts, this::patienceMillis);
    this.coordinatorHands = new CoordinatorHands(this, parts, outbox);
    this.partyHands = new PartyHands(this, parts, outbox);
    this.slots = new JobSlots(this, desk, outbox);
    this.ended = new EndedJob(this, parts);
    this.peers = new PeerWatching(parts, this::patienceMillis, this::peerLost);
    this.sweep = new Alarm(parts.timers());
    this.over = over;
    sweepLater();
  }

  String jobId() {
    return jobId;
  }

  /** Null if there are no documents, or they do not plan any more. */
  JobPlan plan() {
    return plan;
  }

  /**
   * The plan by which a local party runs: another one as long as an update reached only some of the
   * parties here.
   */
  JobPlan plan(JobRow view) {
    return plan == null || view.edition() == planEdition
        ? plan
        : JobPlanner.plan(new JobDocuments(view.dsl(), view.conf()), parts.catalog());
  }

  /** Null if the job is coordinated elsewhere. */
  CoordinationRow coordination() {
    return coordination;
  }

  boolean coordinates() {
    return coordination != null;
  }

  /** What a local party knows of the job. */
  PartyState state(Party party) {
    return states.get(party);
  }

  /** The local parties' views of the job. */
  List<JobRow> views() {
    return states.values().stream().map(PartyState::job).toList();
  }

  /** The slots of the local parties. */
  JobSlots slots() {
    return slots;
  }

  /** What only an ended job allows. */
  EndedJob ended() {
    return ended;
  }

  /** How it stands with every party that was sent something, or whose site is watched. */
  List<PeerLane.Contact> contacts() {
    return peers.seen(outbox.contacts());
  }

  /** How the job stands, without waiting for the turn that is under way. */
  Glimpse glimpse() {
    return new Glimpse(
        jobId,
        plan,
        coordination,
        new TreeMap<>(states),
        coordinatorHands.granted(),
        contacts(),
        store.writing());
  }

  /** What is known of the job here. */
  JobEngine.LiveJob live() {
    return new JobEngine.LiveJob(Optional.ofNullable(coordination), List.copyOf(states.values()));
  }

  /**
   * Takes over what an earlier process left; called before anything else.
   *
   * @param restored null if the documents no longer plan
   * @param row null if the job is coordinated elsewhere
   */
  void restore(JobPlan restored, CoordinationRow row, Map<Party, PartyState> stored) {
    plan = restored;
    coordination = row;
    states.putAll(stored);
    planEdition = JobRow.leading(views()).map(JobRow::edition).orElse(0);
    stored.values().stream()
        .map(PartyState::job)
        .filter(job -> !job.status().terminal())
        .forEach(job -> desk.restore(restored, job));
    coordinatorHands.restore();
    watchPeers();
  }

  /** Applies several events before any of their consequences. */
  void atOnce(Runnable events) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    lane.run(() -> all);
    events.run();
    all.complete(null);
  }

  /** Does a turn of its own kind, in the lane. */
  <T> CompletionStage<T> turn(Supplier<CompletionStage<T>> work) {
    return lane.run(work);
  }

  /** Does something between two turns. */
  void inLane(Runnable work) {
    lane.run(
        () -> {
          work.run();
          return CompletableFuture.completedStage(null);
        });
  }

  /**
   * Completes when every party created the job and knows that it waits; fails with the first
   * refusal.
   */
  CompletionStage<Void> accepted() {
    return coordinatorHands.accepted();
  }

  /** The job is not live at this site any more. */
  void left() {
    sweep.close();
    peers.only(Set.of());
    // Whoever closes the shell may be overtaken here, by one who saw that it takes nothing more.
    Throwable why = lost.get();
    if (why == null) {
      gone.complete(null);
    } else {
      gone.completeExceptionally(why);
    }
  }

  /** The job is to be accepted once more. */
  void acceptAgain() {
    coordinatorHands.acceptAgain();
  }

  /** Completes when the job is over at this site; fails if it was given up before. */
  CompletionStage<Void> gone() {
    return gone;
  }

  /** Announces a {@link #coordinate} or {@link #create}, before which the shell is not over. */
  JobShell expect() {
    beginning.incrementAndGet();
    return this;
  }

  /** What {@link #expect} announced is over. */
  void begun() {
    beginning.decrementAndGet();
    leaveIfOver();
  }

  /** Begins to coordinate: stores the first row, then asks every party to create the job. */
  CompletionStage<Void> coordinate(
      JobPlan planned, PartyCommand.CreateJob create, Map<String, TaskStatus> inherited) {
    return lane.run(
        () -> {
          plan = planned;
          CoordinationRow first =
              CoordinatorMachine.begin(jobId, planned, inherited, parts.clock().millis());
          // Parties of this site plan the job anew, too much for a thread of the store.
          return kept(store.coordination(first))
              .thenRunAsync(
                  () -> {
                    coordination = first;
                    coordinatorHands.create(planned.parties().all(), create);
                    beginning.decrementAndGet();
                  },
                  parts.executor());
        });
  }

  /**
   * Goes on to create a job where that was cut off.
   *
   * @param create what its parties were asked
   */
  void createOn(PartyCommand.CreateJob create) {
    inLane(
        () -> {
          List<Party> missing = new ArrayList<>(plan.parties().all());
          missing.removeAll(coordination.created());
          if (coordination.status() == JobStatus.READY) {
            coordinatorHands.create(missing, create);
          }
        });
  }

  /** Creates the job at a local party; again is without effect. */
  CompletionStage<Void> create(JobPlan planned, PartyState first) {
    return lane.run(
        () -> {
          Party party = first.job().party();
          CompletionStage<Void> stored =
              states.containsKey(party)
                  ? CompletableFuture.completedStage(null)
                  : Stages.start(() -> createNow(planned, first));
          return stored.whenComplete((ok, failed) -> begun());
        });
  }

  private CompletionStage<Void> createNow(JobPlan planned, PartyState first) {
    desk.begins(planned, first.job());
    return kept(store.party(null, first))
        .thenRun(
            () -> {
              plan = planned;
              states.put(first.job().party(), first);
            });
  }

  /** Applies an event to the job as a whole. */
  CompletionStage<Void> coordinator(CoordinatorEvent event) {
    return lane.run(new JobInput.ForCoordinator(event), this::happens);
  }

  /** Applies an event to a local party's part. */
  CompletionStage<Void> party(Party party, PartyEvent event) {
    return lane.run(new JobInput.ForParty(party, event), this::happens);
  }

  /** In the lane: a turn of an event and of those that wait right behind it. */
  private CompletionStage<Void> happens(JobInput first) {
    JobTurn turn = new JobTurn(this, parts.clock().millis());
    turn.take(first);
    int events = 1;
    while (events < MOST_EVENTS && lane.takeAlong(next -> takes(turn, next))) {
      events++;
    }
    CompletionStage<Void> stored =
        turn.changesSomething()
            ? kept(store.turn(turn.changes(), turn.coordination()))
            : CompletableFuture.completedStage(null);
    return stored.thenRun(turn::happened);
  }

  /** An event that is for nobody here fails alone, in its own turn. */
  private static boolean takes(JobTurn turn, JobInput next) {
    try {
      return turn.take(next);
    } catch (RuntimeException wrong) {
      return false;
    }
  }

  /** Sends a command, once, whoever waits for it. */
  CompletionStage<Void> sendOnce(Party to, PartyCommand command) {
    return outbox.sendOnce(to, command);
  }

  /** Sends a command that nobody waits for. */
  void tell(Party to, PartyCommand command) {
    outbox.tell(to, command, lost -> {});
  }

  /**
   * What an event leads to for the job as a whole.
   *
   * @param row null if the job is coordinated elsewhere
   */
  CoordinatorMachine.Turn decide(CoordinationRow row, CoordinatorEvent event, long now) {
    if (row == null) {
      throw notHere();
    }
    return CoordinatorMachine.apply(row, plan, event, now);
  }

  private FedflowException notHere() {
    return FedflowException.invalid(
        "job.not_here", "job " + jobId + " is not coordinated at this site");
  }

  /** In the lane: stores what was decided for the job as a whole; then its effects happen. */
  CompletionStage<Void> keep(CoordinatorMachine.Turn turn) {
    return kept(store.coordination(turn.next())).thenRun(() -> decided(turn));
  }

  /** What was decided is stored: its effects happen. */
  void decided(CoordinatorMachine.Turn turn) {
    JobStatus before = coordination.status();
    coordination = turn.next();
    moves.moved(Signal.COORDINATOR, before, coordination.status(), coordination.cause());
    turn.effects().forEach(coordinatorHands::perform);
    coordinatorHands.watch(coordination);
    watchPeers();
  }

  /**
   * In the lane: a turn of one event.
   *
   * @param planned what the job's plan then is; null if it stays
   */
  CompletionStage<Void> alone(Party party, PartyEvent event, JobPlan planned) {
    PartyState state = states.get(party);
    if (state == null) {
      throw FedflowException.invalid(
          "job.unknown", "job " + jobId + " was never created at " + party);
    }
    PartyMachine.Turn turn = PartyMachine.apply(state, event, parts.clock().millis());
    begins(state, turn.next());
    CompletionStage<Void> stored =
        turn.ignored().isEmpty()
            ? kept(store.party(state, turn.next()))
            : ignored(party.toString(), event, turn.ignored());
    return stored.thenRun(
        () -> {
          if (planned != null && turn.ignored().isEmpty()) {
            plan = planned;
            planEdition = turn.next().job().edition();
          }
          took(party, turn);
        });
  }

  /** A party's part may be about to begin once more. */
  void begins(PartyState before, PartyState next) {
    if (next.job().round() > before.job().round() && !next.job().status().terminal()) {
      desk.beginsAgain(plan, next.job());
    }
  }

  /** A party's turn is stored: its effects happen. */
  void took(Party party, PartyMachine.Turn turn) {
    JobRow before = states.put(party, turn.next()).job();
    JobRow after = turn.next().job();
    moves.moved(party.toString(), before.status(), after.status(), after.cause());
    if (before.status() != after.status()) {
      desk.stored(after);
    }
    if (before.unapproved() && !after.unapproved()) {
      desk.approved(after);
    }
    turn.effects().forEach(effect -> partyHands.perform(party, effect));
    watchPeers();
  }

  /**
   * While the job runs, every site that it needs is watched: all by the coordinator's, which is.
   */
  private synchronized void watchPeers() {
    boolean running =
        coordination != null
            ? coordination.status() == JobStatus.RUNNING
            : states.values().stream().anyMatch(s -> s.job().status() == JobStatus.RUNNING);
    if (running != watching) {
      watching = running;
      peers.only(running ? needed() : Set.of());
    }
  }

  /** How long the job waits for a site that is away: as long as it says, and this site allows. */
  private long patienceMillis() {
    Duration most = parts.peerPatience();
    return (plan == null ? most : plan.settings().peerPatience(most)).toMillis();
  }

  private Set<Party> needed() {
    Stream<Party> parties =
        coordination == null
            ? states.values().stream().map(state -> state.job().initiator())
            : plan == null ? Stream.of() : plan.parties().all().stream();
    return parties.filter(party -> !parts.here().test(party)).collect(Collectors.toSet());
  }

  /** A site that the job needs was silent for too long. */
  private void peerLost(Party party, String cause) {
    if (coordination != null) {
      coordinator(new CoordinatorEvent.StopAsked(JobStatus.FAILED, cause));
    } else {
      // Nobody else could tell: its coordinator is who is gone.
      states.forEach(
          (local, state) ->
              party(
                  local, new PartyEvent.JobTold(state.job().round(), JobStatus.FAILED, 0, cause)));
    }
  }

  /** A site granted slots. */
  CompletionStage<Void> slotsGranted(PartyCommand.SlotsGranted granted) {
    return lane.run(
        () -> {
          if (coordination == null) {
            throw notHere();
          }
          String late = coordinatorHands.granted(granted);
          return late.isEmpty()
              ? CompletableFuture.completedStage(null)
              : ignored(Signal.COORDINATOR, granted, late);
        });
  }

  /** In the lane: applies one event to every local party in one turn. */
  CompletionStage<Void> everyLocal(Function<Party, PartyEvent> events) {
    Map<Party, PartyMachine.Turn> turns = new TreeMap<>();
    List<TurnStore.Change> changes = new ArrayList<>();
    for (Map.Entry<Party, PartyState> local : states.entrySet()) {
      Party party = local.getKey();
      PartyEvent event = events.apply(party);
      PartyMachine.Turn turn = PartyMachine.apply(local.getValue(), event, parts.clock().millis());
      if (turn.ignored().isEmpty()) {
        turns.put(party, turn);
        changes.add(new TurnStore.Change(local.getValue(), turn.next()));
      } else {
        ignored(party.toString(), event, turn.ignored());
      }
    }
    return changes.isEmpty()
        ? CompletableFuture.completedStage(null)
        : kept(store.parties(changes)).thenRun(() -> turns.forEach(this::took));
  }

  CompletionStage<Void> ignored(String who, Object event, String because) {
    parts.ignored().add(new IgnoredEvents.Ignored(jobId, who, event, because));
    parts
        .telemetry()
        .signal(new Signal.MessageIgnored(jobId, who, event.getClass().getSimpleName(), because));
    return CompletableFuture.completedStage(null);
  }

  /** Tells the coordinator, before anything else, that this site started again. */
  void restarted() {
    List<Party> live =
        states.values().stream()
            .map(PartyState::job)
            .filter(job -> !job.status().terminal())
            .map(JobRow::party)
            .sorted()
            .toList();
    if (live.isEmpty()) {
      return;
    }
    if (coordination != null) {
      coordinator(new CoordinatorEvent.SiteRestarted(live));
    } else {
      inLane(() -> partyHands.restarted(live));
    }
  }

  /** Does once more what the stored state stands for: words may be lost with a process. */
  void reissue() {
    inLane(
        () -> {
          if (coordination != null && plan != null) {
            Implied.of(coordination, plan).forEach(coordinatorHands::perform);
            // Something may have come due while nobody was here.
            coordinator(new CoordinatorEvent.TimePassed());
          }
          states.keySet().forEach(this::remind);
        });
  }

  /** Repairs what got lost while everybody lives, where nothing is on its way. */
  private void sweep() {
    inLane(
        () -> {
          if (coordination != null && plan != null && !coordination.status().terminal()) {
            plan.parties().all().stream()
                .filter(outbox::idle)
                .forEach(party -> tell(party, Implied.live(coordination, party)));
          }
          states.forEach(
              (party, state) -> {
                if (outbox.idle(state.job().initiator())) {
                  remind(party);
                }
              });
        });
    sweepLater();
  }

  private void sweepLater() {
    sweep.set(SWEEP_MILLIS, this::sweep);
  }

  /** Tells parties once more all that they may have missed. */
  CompletionStage<Void> align(List<Party> parties, long restarted) {
    // Told again much later it would stop attempts that began since.
    if (restarted != 0 && restarts.add(Map.entry(parties.get(0), restarted))) {
      coordinator(new CoordinatorEvent.SiteRestarted(parties));
    }
    return lane.run(
        () -> {
          if (coordination != null) {
            parties.forEach(party -> tell(party, Implied.told(coordination, party)));
          }
          return CompletableFuture.completedStage(null);
        });
  }

  private void tell(Party party, List<PartyCommand> words) {
    words.stream()
        .filter(word -> !(word instanceof PartyCommand.AskSlots) || waitsEverywhere())
        .forEach(word -> coordinatorHands.perform(new CoordinatorEffect.Command(party, word)));
  }

  /** A site that granted slots too early could take no further party of the job. */
  private boolean waitsEverywhere() {
    return plan != null && coordination.created().containsAll(plan.parties().all());
  }

  /** Says once more what the coordinator may have missed of a local party, and asks the reverse. */
  private void remind(Party party) {
    PartyState state = states.get(party);
    if (!state.job().status().terminal()) {
      Implied.of(state).forEach(effect -> partyHands.perform(party, effect));
      if (coordination == null) {
        partyHands.align(party);
      }
    }
  }

  private CompletionStage<Void> kept(CompletionStage<Void> write) {
    return write.whenComplete(
        (ok, failed) -> {
          if (failed != null) {
            giveUp(Stages.unwrap(failed));
          }
        });
  }

  /** After an Error nobody knows how far a turn got, and the next one would meet it, too. */
  private void broken(Throwable why) {
    if (lost.get() == null) {
      health.fail("a turn of job " + jobId + " could not be run", why);
      giveUp(why);
    }
  }

  private void giveUp(Throwable why) {
    String cause = "this site cannot store the job: " + JobOutbox.reason(why);
    if (lost.get() != null) {
      return;
    }
    givenUp = true;
    health.unstored(jobId, why);
    LOG.log(System.Logger.Level.ERROR, () -> jobId + " is given up: " + cause);
    // The word of one that was fenced counts no more: its heir tells what was lost.
    boolean tells = !InstanceKeeper.isFenced(why);
    states.keySet().forEach(party -> partyHands.stopAll(party, cause, tells));
    end(why);
  }

  /** Ends everything that waits for this job, which stays as it is stored. */
  void close(FedflowException why) {
    end(why);
  }

  private void end(Throwable why) {
    if (lost.compareAndSet(null, why)) {
      lane.close(why);
      store.close(why);
      sweep.close();
      peers.only(Set.of());
      outbox.close(why);
      coordinatorHands.close(why);
      desk.gone(jobId);
      gone.completeExceptionally(why);
      over.accept(this);
    }
  }

  /**
   * Takes nothing any more, if nothing of the job is live at this site: what is on its way to this
   * shell must not be stored beside what another one stores.
   *
   * @return whether it does; called in one step with its removal
   */
  boolean leaves() {
    return lost.get() != null || lane.closeIfIdle(hasLeft(), this::isOver);
  }

  private FedflowException hasLeft() {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "job.left",
        "job " + jobId + " has just left the memory of this site; ask again");
  }

  private boolean isOver() {
    // A job that a party refused ends while others still create it: their part must end here, too.
    boolean coordinates =
        coordination != null
            && (!coordination.status().terminal() || coordinatorHands.isCreating());
    return lost.get() != null || !coordinates && beginning.get() == 0 && partiesAreOver();
  }

  /** Tells whether tasks may run here, now or later; no before messages are forgotten. */
  boolean takesMessages() {
    return !givenUp && !partiesAreOver();
  }

  /** Tells whether the job has ended at every local party. */
  boolean partiesAreOver() {
    return states.values().stream().allMatch(s -> s.job().status().terminal());
  }

  private void leaveIfOver() {
    if (isOver()) {
      over.accept(this);
    }
  }
}
