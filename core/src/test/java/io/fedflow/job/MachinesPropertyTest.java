package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.dsl.JobPlan;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.party.Party;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random events, sensible or not, as peers may send them in any order. */
class MachinesPropertyTest {

  private static final int WALKS = 3_000;
  private static final int STEPS = 60;
  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** Stated here once more, so that asking does not count as a visit of the table. */
  private static final Map<JobStatus, Set<JobStatus>> JOB_MOVES =
      Map.of(
          JobStatus.READY, EnumSet.of(JobStatus.WAITING, JobStatus.CANCELED, JobStatus.FAILED),
          JobStatus.WAITING,
              EnumSet.of(
                  JobStatus.RUNNING, JobStatus.CANCELED, JobStatus.TIMEOUT, JobStatus.FAILED),
          JobStatus.RUNNING,
              EnumSet.of(
                  JobStatus.SUCCESS, JobStatus.CANCELED, JobStatus.TIMEOUT, JobStatus.FAILED));

  private static final Map<TaskStatus, Set<TaskStatus>> TASK_MOVES =
      Map.of(
          TaskStatus.WAITING, EnumSet.of(TaskStatus.RUNNING, TaskStatus.CANCELED),
          TaskStatus.RUNNING, EnumSet.range(TaskStatus.CANCELED, TaskStatus.SUCCESS));

  private static final int RETRIES = 2;

  private final JobPlan plan = Plans.diamond("auto_retries", RETRIES);
  private final List<String> components = List.of("a", "b", "c", "d", "unknown");
  private final List<Party> parties = List.of(Plans.GUEST, Plans.HOST, Plans.ARBITER);

  @Test
  void noEventsMakeAPartyMoveIllegally() {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      PartyState state = Plans.created(plan, Plans.GUEST);
      for (int step = 0; step < STEPS; step++) {
        PartyEvent event = partyEvent(random, state.job().round());
        PartyMachine.Turn turn = PartyMachine.apply(state, event, step);
        checkParty(state, event, turn, seed + ": " + event);
        state = turn.next();
      }
    }
  }

  @Test
  void noEventsMakeTheCoordinatorMoveIllegally() {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      CoordinationRow row = CoordinatorMachine.begin(Plans.JOB, plan, 0);
      for (int step = 0; step < STEPS; step++) {
        CoordinatorEvent event = coordinatorEvent(random, row.round());
        CoordinatorMachine.Turn turn = CoordinatorMachine.apply(row, plan, event, step);
        checkCoordinator(row, event, turn, seed + ": " + event);
        row = turn.next();
      }
    }
  }

  @Test
  void randomWalksTakeEveryEdge() {
    noEventsMakeAPartyMoveIllegally();
    noEventsMakeTheCoordinatorMoveIllegally();
    assertThat(JobTransitions.TABLE.unvisited()).isEmpty();
    assertThat(TaskTransitions.TABLE.unvisited()).isEmpty();
  }

  private void checkParty(
      PartyState before, PartyEvent event, PartyMachine.Turn turn, String when) {
    PartyState after = turn.next();
    if (after.job().round() > before.job().round() && event instanceof PartyEvent.JobTold told) {
      assertThat(told.status().terminal()).as(when).isTrue();
      assertThat(after.job().status()).as(when).isEqualTo(told.status());
    } else if (after.job().round() > before.job().round()) {
      assertThat(event).as(when).isInstanceOf(PartyEvent.RerunTold.class);
      assertThat(after.job().status()).as(when).isEqualTo(JobStatus.WAITING);
    } else {
      checkHeard(before.job().status(), after.job().status(), when);
    }
    checkRevision(before.job(), after.job(), before.job().revision(), after.job().revision(), when);
    boolean changed =
        !before.job().equals(after.job()) || before.tasks().size() != after.tasks().size();
    checkAttempts(before, after, when);
    for (int i = 0; i < before.tasks().size(); i++) {
      TaskRow then = before.tasks().get(i);
      TaskRow now = after.tasks().get(i);
      changed |= !then.equals(now);
      checkRevision(then, now, then.revision(), now.revision(), when);
      checkTask(then.partyStatus(), now.partyStatus(), when);
      // A part that never started learns the end of the others in one step.
      TaskStatus from =
          then.status() == TaskStatus.WAITING && now.status().terminal()
              ? TaskStatus.RUNNING
              : then.status();
      checkTask(from, now.status(), when);
      if (now.partyStatus() == TaskStatus.RUNNING && now.status().terminal()) {
        assertThat(now.status().good()).as(when).isTrue();
      }
      if (after.job().status().terminal()) {
        assertThat(now.partyStatus()).as(when).isNotEqualTo(TaskStatus.RUNNING);
      }
      boolean stopped =
          turn.effects().stream()
              .anyMatch(e -> e instanceof PartyEffect.StopTask s && s.task().equals(now.task()));
      assertThat(stopped && !now.partyStatus().terminal()).as(when).isFalse();
    }
    assertThat(turn.ignored().isEmpty()).as(when).isEqualTo(changed);
  }

  /** Attempts are added with growing versions, at most one of them is live, none gets lost. */
  private static void checkAttempts(PartyState before, PartyState after, String when) {
    for (int i = before.tasks().size(); i < after.tasks().size(); i++) {
      TaskRow added = after.tasks().get(i);
      assertThat(added.revision()).as(when).isEqualTo(1);
      TaskRow last = before.latest(added.task().component()).orElseThrow();
      assertThat(added.task().version()).as(when).isGreaterThan(last.task().version());
    }
    for (TaskRow row : after.tasks()) {
      boolean current = after.latest(row.task().component()).orElseThrow().equals(row);
      assertThat(current || row.partyStatus().terminal()).as(when).isTrue();
    }
  }

  private void checkCoordinator(
      CoordinationRow before, CoordinatorEvent event, CoordinatorMachine.Turn turn, String when) {
    CoordinationRow after = turn.next();
    boolean rerun = after.round() > before.round();
    if (rerun) {
      assertThat(event).as(when).isInstanceOf(CoordinatorEvent.RerunAsked.class);
      assertThat(before.status().terminal()).as(when).isTrue();
      assertThat(after.status()).as(when).isEqualTo(JobStatus.WAITING);
    } else {
      checkJob(before.status(), after.status(), when);
    }
    checkRevision(before, after, before.revision(), after.revision(), when);
    for (int i = 0; i < before.tasks().size(); i++) {
      HeldTask then = before.tasks().get(i);
      HeldTask now = after.tasks().get(i);
      if (then.version() == now.version()) {
        checkTask(then.status(), now.status(), when);
        then.atParties()
            .forEach((party, status) -> checkTask(status, now.atParties().get(party), when));
      } else {
        assertThat(now.version()).as(when).isEqualTo(then.version() + 1);
        assertThat(now.status() == TaskStatus.WAITING || !rerun).as(when).isTrue();
      }
      if (then.version() != now.version() && !rerun) {
        assertThat(then.status()).as(when).isEqualTo(TaskStatus.RUNNING);
        assertThat(now.retries() + now.restarts())
            .as(when)
            .isGreaterThan(0)
            .isLessThanOrEqualTo(RETRIES + Retries.MOST_RESTARTS);
      }
      if (after.status().terminal()) {
        assertThat(now.status()).as(when).isNotEqualTo(TaskStatus.RUNNING);
      }
    }
    boolean finished = turn.effects().contains(new CoordinatorEffect.Finish());
    assertThat(finished)
        .as(when)
        .isEqualTo(after.status().terminal() && !before.status().terminal());
    assertThat(after.status() == JobStatus.SUCCESS)
        .as(when)
        .isEqualTo(after.tasks().stream().allMatch(held -> held.status().good()));
  }

  private static void checkRevision(Object then, Object now, long old, long fresh, String when) {
    assertThat(fresh).as(when).isEqualTo(then.equals(now) ? old : old + 1);
  }

  private static void checkJob(JobStatus from, JobStatus to, String when) {
    assertThat(from == to || JOB_MOVES.getOrDefault(from, Set.of()).contains(to))
        .as("%s: job moved %s --> %s", when, from, to)
        .isTrue();
  }

  /** A party may have missed words, but nothing leads back or out of an end. */
  private static void checkHeard(JobStatus from, JobStatus to, String when) {
    boolean onwards =
        from == to
            || !from.terminal()
                && to != JobStatus.READY
                && to != JobStatus.PASS
                && !(from == JobStatus.RUNNING && to == JobStatus.WAITING);
    assertThat(onwards).as("%s: job moved %s --> %s", when, from, to).isTrue();
  }

  private static void checkTask(TaskStatus from, TaskStatus to, String when) {
    assertThat(from == to || TASK_MOVES.getOrDefault(from, Set.of()).contains(to))
        .as("%s: task moved %s --> %s", when, from, to)
        .isTrue();
  }

  private PartyEvent partyEvent(Random random, int round) {
    TaskId task = task(random);
    int told = random.nextInt(10) == 0 ? round + 1 : round;
    return switch (random.nextInt(8)) {
      case 7 ->
          random.nextInt(5) > 0
              ? new PartyEvent.StartAsked(task)
              : new PartyEvent.RerunTold(
                  random.nextInt(3), Map.of(task.component(), random.nextInt(5)));
      case 5 -> new PartyEvent.PrepareAsked(task);
      case 6 -> new PartyEvent.TaskLost(task, "why");
      case 0 -> new PartyEvent.JobTold(told, jobStatus(random), random.nextInt(101), "");
      case 1, 2 -> new PartyEvent.StartAsked(task);
      case 3 -> new PartyEvent.TaskTold(task, taskStatus(random), "why");
      default -> new PartyEvent.TaskEnded(task, taskStatus(random), "why", NONE);
    };
  }

  private CoordinatorEvent coordinatorEvent(Random random, int round) {
    Party party = parties.get(random.nextInt(parties.size()));
    return switch (random.nextInt(24)) {
      case 20 ->
          new CoordinatorEvent.RerunAsked(
              random.nextBoolean()
                  ? List.of()
                  : List.of(components.get(random.nextInt(components.size()))),
              random.nextBoolean(),
              random.nextInt(10) == 0 ? round - 1 : round);
      case 21, 22 ->
          new CoordinatorEvent.RerunAnswered(
              random.nextInt(10) == 0 ? round + 1 : round,
              party,
              random.nextInt(20) == 0 ? "no" : "");
      case 0 ->
          new CoordinatorEvent.StopAsked(
              random.nextInt(4) == 0 ? JobStatus.TIMEOUT : jobStatus(random), "why");
      case 1, 2, 3 ->
          new CoordinatorEvent.CreateAnswered(party, random.nextInt(20) == 0 ? "no" : "");
      case 4 -> new CoordinatorEvent.Admitted(random.nextInt(4));
      case 23 -> new CoordinatorEvent.YieldAsked(random.nextInt(4));
      case 5 -> new CoordinatorEvent.TimePassed();
      default -> {
        boolean well = random.nextInt(10) > 0;
        TaskStatus status = well ? TaskStatus.SUCCESS : taskStatus(random);
        boolean lost = random.nextInt(5) == 0;
        yield new CoordinatorEvent.TaskReported(task(random), party, status, "why", lost);
      }
    };
  }

  private TaskId task(Random random) {
    return new TaskId(
        Plans.JOB,
        components.get(random.nextInt(components.size())),
        random.nextInt(4) == 0 ? random.nextInt(4) : 0);
  }

  /** Rather the sound ones, or most walks end at once. */
  private static JobStatus jobStatus(Random random) {
    return random.nextInt(4) > 0
        ? (random.nextBoolean() ? JobStatus.RUNNING : JobStatus.WAITING)
        : JobStatus.values()[random.nextInt(JobStatus.values().length)];
  }

  private static TaskStatus taskStatus(Random random) {
    return TaskStatus.values()[random.nextInt(TaskStatus.values().length)];
  }
}
