package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The coordinator's row while one event is applied to it. Every rule gives why it ignored the
 * event, or an empty text if it did not. For one event and one thread.
 */
final class CoordinatorDraft {

  private final CoordinationRow before;
  private final JobPlan plan;
  private final long now;
  private final List<Party> created;
  private final List<HeldTask> tasks;
  private final List<CoordinatorEffect> effects = new ArrayList<>();
  private JobStatus status;
  private String cause;
  private int round;
  private int askRound;
  private long startTime;
  private int edition;

  CoordinatorDraft(CoordinationRow row, JobPlan plan, long now) {
    this.before = row;
    this.plan = plan;
    this.now = now;
    this.created = new ArrayList<>(row.created());
    this.tasks = new ArrayList<>(row.tasks());
    this.status = row.status();
    this.cause = row.cause();
    this.round = row.round();
    this.askRound = row.askRound();
    this.startTime = row.startTime();
    this.edition = row.edition();
  }

  CoordinationRow row() {
    return new CoordinationRow(
        before.jobId(),
        before.initiator(),
        status,
        cause,
        round,
        askRound,
        created,
        tasks,
        startTime,
        now,
        before.revision() + 1,
        edition);
  }

  List<CoordinatorEffect> effects() {
    return effects;
  }

  String apply(CoordinatorEvent event) {
    if (event instanceof CoordinatorEvent.CreateAnswered answered) {
      return createAnswered(answered);
    }
    if (event instanceof CoordinatorEvent.Admitted admitted) {
      return admitted(admitted.askRound());
    }
    if (event instanceof CoordinatorEvent.YieldAsked asked) {
      return yieldAsked(asked.askRound());
    }
    if (event instanceof CoordinatorEvent.TaskReported reported) {
      return reported(reported);
    }
    if (event instanceof CoordinatorEvent.TimePassed) {
      return timePassed();
    }
    if (event instanceof CoordinatorEvent.SiteRestarted restarted) {
      return siteRestarted(restarted.parties());
    }
    if (event instanceof CoordinatorEvent.RerunAsked asked) {
      return rerun(asked);
    }
    if (event instanceof CoordinatorEvent.RerunAnswered answered) {
      return rerunAnswered(answered);
    }
    if (event instanceof CoordinatorEvent.UpdateAsked) {
      edition++;
      return "";
    }
    CoordinatorEvent.StopAsked asked = (CoordinatorEvent.StopAsked) event;
    return end(asked.status(), asked.cause());
  }

  private String createAnswered(CoordinatorEvent.CreateAnswered answered) {
    if (status != JobStatus.READY || created.contains(answered.party())) {
      return answered.party() + " answered already";
    }
    if (!answered.refusal().isEmpty()) {
      return end(JobStatus.FAILED, answered.party() + " refused the job: " + answered.refusal());
    }
    created.add(answered.party());
    if (created.size() == plan.parties().all().size()) {
      move(JobStatus.WAITING);
      effects.add(new CoordinatorEffect.AskSlots());
    }
    return "";
  }

  private String admitted(int grantedRound) {
    String ignored = notAsking(grantedRound);
    if (!ignored.isEmpty()) {
      return ignored;
    }
    move(JobStatus.RUNNING);
    startTime = now;
    tellJob();
    advance();
    return "";
  }

  private String yieldAsked(int grantedRound) {
    String ignored = notAsking(grantedRound);
    if (!ignored.isEmpty()) {
      return ignored;
    }
    askRound++;
    PartyCommand back = new PartyCommand.ReturnSlots(before.jobId(), grantedRound);
    everybody().forEach(p -> effects.add(new CoordinatorEffect.Command(p, back)));
    effects.add(new CoordinatorEffect.AskSlots());
    return "";
  }

  /** Why slots of a round of asking are of no use; empty if they are. */
  private String notAsking(int grantedRound) {
    if (status != JobStatus.WAITING || created.size() < plan.parties().all().size()) {
      return "job is " + status + ", not WAITING everywhere";
    }
    return grantedRound == askRound
        ? ""
        : "round " + grantedRound + " of slots is stale; current is " + askRound;
  }

  private String reported(CoordinatorEvent.TaskReported report) {
    Party party = report.party();
    int index = indexOf(report.task().component());
    if (index < 0) {
      return "the job has no component " + report.task().component();
    }
    HeldTask held = tasks.get(index);
    if (held.version() != report.task().version()) {
      return "version " + report.task().version() + " is stale; current is " + held.version();
    }
    TaskStatus known = held.atParties().get(party);
    if (known == null) {
      return party + " does not run " + held.component();
    }
    if (known == TaskStatus.WAITING || !report.status().terminal()) {
      return party + " reported " + report.status() + " of a part that is " + known;
    }
    if (!TaskTransitions.TABLE.allows(known, report.status())) {
      if (held.status().terminal()) {
        // It reports again because it did not hear how the task ended.
        effects.add(new CoordinatorEffect.Command(party, told(held, "")));
      }
      return party + " reported " + known + " already";
    }
    HeldTask changed = held.at(party, report.status());
    TaskStatus combined = CoordinatorMachine.combine(changed.atParties().values());
    if (combined.terminal() && !combined.good()) {
      attemptEnded(index, changed.in(combined), report.cause(), report.lost());
      return "";
    }
    tasks.set(index, changed.in(combined));
    if (combined.good()) {
      tellTask(tasks.get(index), "");
      advance();
      if (status == JobStatus.RUNNING) {
        tellJob();
      }
    }
    return "";
  }

  /** Also what never started there is lost: its peers may have sent to it already. */
  private String siteRestarted(List<Party> parties) {
    boolean any = false;
    for (int i = 0; i < tasks.size() && status == JobStatus.RUNNING; i++) {
      HeldTask held = tasks.get(i);
      if (held.status() == TaskStatus.RUNNING
          && parties.stream().anyMatch(p -> held.atParties().get(p) == TaskStatus.RUNNING)) {
        String why = parties.get(0) + " " + held.component() + ": its server stopped while it ran";
        attemptEnded(i, held.ended(TaskStatus.FAILED), why, true);
        any = true;
      }
    }
    return any ? "" : "nothing runs there";
  }

  private String timePassed() {
    if (status != JobStatus.RUNNING) {
      return "job is " + status + ", nothing is due";
    }
    if (Deadlines.job(startTime, plan.settings()) <= now) {
      long seconds = plan.settings().timeout().toSeconds();
      return end(JobStatus.TIMEOUT, "the job ran longer than its timeout of " + seconds + " s");
    }
    boolean something = false;
    for (int i = 0; i < tasks.size() && status == JobStatus.RUNNING; i++) {
      var deadline = Deadlines.task(tasks.get(i), plan.settings());
      if (deadline.isPresent() && deadline.getAsLong() <= now) {
        timedOut(i);
        something = true;
      }
    }
    something |= status == JobStatus.RUNNING && advance();
    return something ? "" : "nothing is due yet";
  }

  private void timedOut(int index) {
    HeldTask held = tasks.get(index);
    long seconds = plan.settings().taskTimeout().toSeconds();
    String why = held.component() + " ran longer than its timeout of " + seconds + " s";
    attemptEnded(index, held.ended(TaskStatus.TIMEOUT), why, false);
  }

  /** An attempt is over, not well: another one follows, or the job ends. */
  private void attemptEnded(int index, HeldTask ended, String why, boolean lost) {
    tasks.set(index, ended);
    tellTask(ended, why);
    Optional<HeldTask> next = Retries.next(ended, lost, plan.settings(), now);
    if (next.isEmpty()) {
      end(ended.status().asJobStatus(), Retries.cause(ended, lost, why));
      return;
    }
    tasks.set(index, next.get());
    PartyCommand prepare = new PartyCommand.PrepareTask(before.attempt(next.get()));
    tellParties(next.get(), prepare);
    advance();
  }

  /**
   * What did not end well runs again, and what was chosen by force, and all that follows from
   * those: otherwise the job could not end well.
   */
  private String rerun(CoordinatorEvent.RerunAsked asked) {
    if (asked.round() < round) {
      return "it ran again since that was asked; ask again if it is to run once more";
    }
    for (String component : asked.components()) {
      if (indexOf(component) < 0) {
        return "the job has no component " + component;
      }
    }
    boolean any = false;
    for (int node : plan.graph().topological()) {
      HeldTask held = tasks.get(node);
      boolean chosen =
          asked.components().isEmpty() || asked.components().contains(held.component());
      boolean upstream =
          plan.graph().upstream(node).stream()
              .anyMatch(i -> tasks.get(i).status() == TaskStatus.WAITING);
      if (held.status() != TaskStatus.WAITING
          && (!held.status().good() || chosen && asked.force() || upstream)) {
        tasks.set(node, held.next(0, 0, 0));
      }
      any |= tasks.get(node).status() == TaskStatus.WAITING;
    }
    if (!any) {
      return "everything ended well; nothing runs again unless forced";
    }
    move(JobStatus.WAITING);
    round++;
    if (edition > 0) {
      // An update that failed may have left parties with another conf: all get the valid one.
      edition++;
    }
    // Grants of the last run are stale.
    askRound++;
    cause = "";
    startTime = 0;
    created.clear();
    Implied.of(row(), plan).forEach(effects::add);
    return "";
  }

  private String rerunAnswered(CoordinatorEvent.RerunAnswered answered) {
    Party party = answered.party();
    if (answered.round() != round || status != JobStatus.WAITING || created.contains(party)) {
      return party + " answered already";
    }
    if (!answered.refusal().isEmpty()) {
      return end(JobStatus.FAILED, party + " cannot run the job again: " + answered.refusal());
    }
    created.add(party);
    if (created.size() == plan.parties().all().size()) {
      effects.add(new CoordinatorEffect.AskSlots());
    }
    return "";
  }

  private String end(JobStatus to, String why) {
    boolean ill = to.terminal() && to != JobStatus.SUCCESS;
    if (!ill || !JobTransitions.TABLE.allows(status, to)) {
      return "job cannot move from " + status + " to " + to;
    }
    for (int i = 0; i < tasks.size(); i++) {
      HeldTask held = tasks.get(i);
      if (held.status() == TaskStatus.RUNNING) {
        TaskStatus ended =
            to == JobStatus.FAILED ? TaskStatus.CANCELED : TaskStatus.valueOf(to.name());
        tasks.set(i, held.ended(ended));
        tellTask(tasks.get(i), why);
      }
    }
    status = to;
    cause = why;
    tellJob();
    effects.add(new CoordinatorEffect.Finish());
    return "";
  }

  /**
   * Starts tasks whose inputs are there and whose time has come, as many as may run at once; ends
   * the job when nothing is left. Tells whether it started any.
   */
  private boolean advance() {
    boolean any = false;
    boolean again = true;
    while (again) {
      again = false;
      BitSet done = new BitSet(tasks.size());
      BitSet closed = new BitSet(tasks.size());
      for (int i = 0; i < tasks.size(); i++) {
        HeldTask held = tasks.get(i);
        done.set(i, held.status().good());
        closed.set(i, held.status() != TaskStatus.WAITING || held.notBefore() > now);
      }
      long free = plan.settings().taskParallelism() - running();
      for (int node : plan.graph().ready(done, closed)) {
        if (free > 0) {
          any = true;
          boolean over = start(node);
          again |= over;
          free -= over ? 0 : 1;
        }
      }
    }
    if (tasks.stream().allMatch(t -> t.status().good())) {
      move(JobStatus.SUCCESS);
      tellJob();
      effects.add(new CoordinatorEffect.Finish());
    }
    return any;
  }

  private long running() {
    return tasks.stream().filter(task -> task.status() == TaskStatus.RUNNING).count();
  }

  /** Starts a task; true if it ended at once because no party runs it. */
  private boolean start(int node) {
    TaskTransitions.TABLE.allows(TaskStatus.WAITING, TaskStatus.RUNNING);
    HeldTask started = tasks.get(node).started(now);
    tasks.set(node, started);
    tellParties(started, new PartyCommand.StartTask(before.attempt(started)));
    return started.status().good();
  }

  private void move(JobStatus to) {
    if (!JobTransitions.TABLE.allows(status, to)) {
      throw new IllegalStateException("job " + before.jobId() + ": " + status + " --> " + to);
    }
    status = to;
  }

  /**
   * A party that created the job after its end, or did not hear of it before a crash, must not keep
   * it forever.
   */
  void tellAgain(CoordinatorEvent event) {
    if (event instanceof CoordinatorEvent.CreateAnswered answered && answered.refusal().isEmpty()) {
      tellAll(answered.party());
    } else if (event instanceof CoordinatorEvent.TaskReported reported) {
      tellAll(reported.party());
    } else if (event instanceof CoordinatorEvent.StopAsked) {
      everybody().forEach(this::tellAll);
    }
  }

  private void tellAll(Party party) {
    Implied.told(before, party)
        .forEach(word -> effects.add(new CoordinatorEffect.Command(party, word)));
  }

  private void tellJob() {
    PartyCommand told =
        new PartyCommand.TellJobStatus(before.jobId(), round, status, row().progress(), cause);
    everybody().forEach(p -> effects.add(new CoordinatorEffect.Command(p, told)));
  }

  private Collection<Party> everybody() {
    if (plan != null) {
      return plan.parties().all();
    }
    Set<Party> known = new LinkedHashSet<>(created);
    tasks.forEach(task -> known.addAll(task.atParties().keySet()));
    return known;
  }

  private void tellTask(HeldTask held, String why) {
    tellParties(held, told(held, why));
  }

  private PartyCommand told(HeldTask held, String why) {
    return new PartyCommand.TellTaskStatus(before.attempt(held), held.status(), why);
  }

  private void tellParties(HeldTask held, PartyCommand command) {
    held.atParties().keySet().forEach(p -> effects.add(new CoordinatorEffect.Command(p, command)));
  }

  private int indexOf(String component) {
    return plan.graph().contains(component) ? plan.graph().indexOf(component) : -1;
  }
}
