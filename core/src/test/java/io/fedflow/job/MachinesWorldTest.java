package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.dsl.JobPlan;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The machines of a job with three parties together, over a network that loses and repeats words,
 * at sites that crash: whatever happens, attempts end once, and in the end all agree.
 */
class MachinesWorldTest {

  private static final int WORLDS = 2_000;
  private static final int STEPS = 400;
  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  @Test
  void whateverGetsLostTheEndsAgree() {
    Map<JobStatus, Integer> ends = new HashMap<>();
    int again = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed);
      for (int step = 0; step < STEPS && !world.row.status().terminal(); step++) {
        world.step();
      }
      world.settle();
      if (world.row.status() != JobStatus.SUCCESS && world.runAgain()) {
        world.settle();
        assertThat(world.row.status()).as("seed " + seed).isEqualTo(JobStatus.SUCCESS);
        again++;
      }
      ends.merge(world.first, 1, Integer::sum);
    }
    // A test in which everything fails would prove little.
    assertThat(ends.getOrDefault(JobStatus.SUCCESS, 0)).isGreaterThan(WORLDS / 4);
    assertThat(ends.getOrDefault(JobStatus.FAILED, 0)).isGreaterThan(WORLDS / 20);
    assertThat(ends).containsKeys(JobStatus.CANCELED, JobStatus.TIMEOUT);
    assertThat(again).isGreaterThan(WORLDS / 20);
  }

  @Test
  void crashesAloneNeverFailAJob() {
    for (int seed = 0; seed < 500; seed++) {
      World world = new World(seed);
      world.faults = Set.of(Fault.PARTY_CRASH, Fault.COORDINATOR_CRASH);
      for (int step = 0; step < 60; step++) {
        world.step();
      }
      world.settle();
      assertThat(world.row.status()).as("seed " + seed).isEqualTo(JobStatus.SUCCESS);
    }
  }

  private enum Fault {
    LOSS,
    REPEAT,
    PARTY_CRASH,
    COORDINATOR_CRASH,
    FAILING_TASK,
    STOP
  }

  /** One job, its machines, and the words between them. */
  private static final class World {

    private final Random random;
    private final String name;
    private final JobPlan plan;
    private final Map<Party, PartyState> states = new HashMap<>();
    private final Map<Party, ArrayDeque<PartyCommand>> toParties = new HashMap<>();
    private final Map<Party, ArrayDeque<PartyCommand>> toCoordinator = new HashMap<>();
    private final Map<Party, Set<TaskId>> running = new HashMap<>();
    private final Set<String> everRan = new HashSet<>();
    private Set<Fault> faults = Set.of(Fault.values());
    private CoordinationRow row;
    private JobStatus first;
    private long now = 1;

    World(int seed) {
      random = new Random(seed);
      name = "seed " + seed;
      Pipeline pipeline =
          Plans.three()
              .jobParameter("auto_retries", 2)
              .jobParameter("auto_retry_delay", 1)
              .jobParameter("task_timeout", 60)
              .jobParameter("timeout", 300);
      pipeline.add("a", "Step");
      pipeline.add("b", "Step").data("a");
      pipeline.add("c", "GuestStep").data("a");
      pipeline.add("d", "Step").data("b").data("train_data", "c");
      plan = Plans.plan(pipeline);
      row = CoordinatorMachine.begin(Plans.JOB, plan, now);
      for (Party party : plan.parties().all()) {
        states.put(party, Plans.created(plan, party));
        toParties.put(party, new ArrayDeque<>());
        toCoordinator.put(party, new ArrayDeque<>());
        running.put(party, new HashSet<>());
        coordinator(new CoordinatorEvent.CreateAnswered(party, ""));
      }
    }

    private boolean happens(Fault fault, int oneIn) {
      return faults.contains(fault) && random.nextInt(oneIn) == 0;
    }

    void step() {
      now += random.nextInt(100);
      Party party = plan.parties().all().get(random.nextInt(plan.parties().all().size()));
      if (happens(Fault.PARTY_CRASH, 60)) {
        crash(party);
      } else if (happens(Fault.COORDINATOR_CRASH, 60)) {
        toParties.values().forEach(ArrayDeque::clear);
        reissue();
      } else if (happens(Fault.STOP, 4_000)) {
        coordinator(new CoordinatorEvent.StopAsked(JobStatus.CANCELED, "stopped"));
      } else if (happens(Fault.STOP, 100)) {
        now += 30_000;
      } else {
        switch (random.nextInt(5)) {
          case 0, 1 -> deliverTo(party);
          case 2 -> deliverFrom(party);
          case 3 -> endOne(party);
          default -> coordinator(new CoordinatorEvent.TimePassed());
        }
      }
    }

    /** No more faults: what was lost is repaired, and the job ends. */
    void settle() {
      faults = Set.of();
      for (int sweep = 0; sweep < 200; sweep++) {
        now += 1_000;
        reissue();
        states.keySet().forEach(this::remind);
        for (int i = 0; i < 200; i++) {
          Party party = plan.parties().all().get(random.nextInt(3));
          deliverTo(party);
          deliverFrom(party);
          endOne(party);
        }
        coordinator(new CoordinatorEvent.TimePassed());
        if (isSettled()) {
          first = first == null ? row.status() : first;
          return;
        }
      }
      throw new AssertionError(name + " does not settle: " + row + "\n" + states);
    }

    boolean runAgain() {
      coordinator(new CoordinatorEvent.RerunAsked(List.of(), false, row.round()));
      return row.status() == JobStatus.WAITING;
    }

    private boolean isSettled() {
      return row.status().terminal()
          && toParties.values().stream().allMatch(ArrayDeque::isEmpty)
          && running.values().stream().allMatch(Set::isEmpty)
          && states.values().stream().allMatch(s -> s.job().status() == row.status());
    }

    private void reissue() {
      Implied.of(row, plan).forEach(this::perform);
    }

    private void remind(Party party) {
      PartyState state = states.get(party);
      if (!state.job().status().terminal()) {
        Implied.of(state).forEach(effect -> perform(party, effect));
        Implied.told(row, party).forEach(toParties.get(party)::add);
      }
    }

    /** What runs is lost, what is under way, too; the stored rows stay. */
    private void crash(Party party) {
      running.get(party).clear();
      toCoordinator.get(party).clear();
      coordinator(new CoordinatorEvent.SiteRestarted(List.of(party)));
      for (TaskRow task : states.get(party).tasks()) {
        if (task.partyStatus() == TaskStatus.RUNNING) {
          party(party, new PartyEvent.TaskLost(task.task(), "crash"));
        }
      }
      remind(party);
    }

    private void deliverTo(Party party) {
      PartyCommand command = toParties.get(party).peek();
      if (command == null) {
        return;
      }
      if (!happens(Fault.REPEAT, 10)) {
        toParties.get(party).poll();
      }
      if (happens(Fault.LOSS, 20)) {
        return;
      }
      if (command instanceof PartyCommand.TellJobStatus told) {
        party(
            party,
            new PartyEvent.JobTold(told.round(), told.status(), told.progress(), told.cause()));
      } else if (command instanceof PartyCommand.AskSlots ask) {
        party(party, new PartyEvent.SlotsAsked(ask.round(), ask.askRound(), OptionalInt.of(1)));
      } else if (command instanceof PartyCommand.RerunJob again) {
        party(party, new PartyEvent.RerunTold(again.round(), again.attempts()));
        coordinator(new CoordinatorEvent.RerunAnswered(again.round(), party, ""));
      } else if (command instanceof PartyCommand.PrepareTask prepare) {
        party(party, new PartyEvent.PrepareAsked(prepare.task()));
      } else if (command instanceof PartyCommand.StartTask start) {
        party(party, new PartyEvent.StartAsked(start.task()));
      } else {
        PartyCommand.TellTaskStatus told = (PartyCommand.TellTaskStatus) command;
        party(party, new PartyEvent.TaskTold(told.task(), told.status(), told.cause()));
      }
    }

    private void deliverFrom(Party party) {
      PartyCommand.ReportTask report = (PartyCommand.ReportTask) toCoordinator.get(party).poll();
      if (report != null && !happens(Fault.LOSS, 20)) {
        coordinator(
            new CoordinatorEvent.TaskReported(
                report.task(), party, report.status(), report.cause(), report.lost()));
      }
    }

    private void endOne(Party party) {
      List<TaskId> live = new ArrayList<>(running.get(party));
      if (!live.isEmpty()) {
        TaskId task = live.get(random.nextInt(live.size()));
        running.get(party).remove(task);
        TaskStatus how = happens(Fault.FAILING_TASK, 8) ? TaskStatus.FAILED : TaskStatus.SUCCESS;
        party(party, new PartyEvent.TaskEnded(task, how, "ended", NONE));
      }
    }

    private void coordinator(CoordinatorEvent event) {
      CoordinatorMachine.Turn turn = CoordinatorMachine.apply(row, plan, event, now);
      for (int i = 0; i < row.tasks().size(); i++) {
        HeldTask then = row.tasks().get(i);
        HeldTask next = turn.next().tasks().get(i);
        assertThat(next.version()).as(name).isGreaterThanOrEqualTo(then.version());
        if (then.version() == next.version() && then.status().terminal()) {
          assertThat(next).as(name).isEqualTo(then);
        }
      }
      row = turn.next();
      turn.effects().forEach(this::perform);
    }

    private void perform(CoordinatorEffect effect) {
      if (effect instanceof CoordinatorEffect.Command command) {
        toParties.get(command.to()).add(command.command());
      } else if (effect instanceof CoordinatorEffect.AskSlots) {
        PartyCommand ask = new PartyCommand.AskSlots(Plans.JOB, row.round(), row.askRound());
        toParties.values().forEach(words -> words.add(ask));
        coordinator(new CoordinatorEvent.Admitted(row.askRound()));
      }
    }

    private void party(Party party, PartyEvent event) {
      PartyState before = states.get(party);
      PartyMachine.Turn turn = PartyMachine.apply(before, event, now);
      for (TaskRow then : before.tasks()) {
        if (then.partyStatus().terminal()) {
          TaskRow next = turn.next().task(then.task()).orElseThrow();
          assertThat(next.partyStatus()).as(name).isEqualTo(then.partyStatus());
          assertThat(next.endTime()).as(name).isEqualTo(then.endTime());
        }
      }
      states.put(party, turn.next());
      turn.effects().forEach(effect -> perform(party, effect));
    }

    private void perform(Party party, PartyEffect effect) {
      if (effect instanceof PartyEffect.RunTask run) {
        assertThat(everRan.add(party + " " + run.task()))
            .as("%s: %s runs once at %s", name, run.task(), party)
            .isTrue();
        assertThat(running.get(party))
            .as("%s: other attempts of %s at %s", name, run.task(), party)
            .noneMatch(other -> other.component().equals(run.task().component()));
        running.get(party).add(run.task());
      } else if (effect instanceof PartyEffect.StopTask stop) {
        running.get(party).remove(stop.task());
      } else if (effect instanceof PartyEffect.Align) {
        Implied.told(row, party).forEach(toParties.get(party)::add);
      } else if (effect instanceof PartyEffect.Report report) {
        toCoordinator
            .get(party)
            .add(
                new PartyCommand.ReportTask(
                    report.task(),
                    party,
                    report.status(),
                    report.cause(),
                    report.lost(),
                    report.traffic()));
      }
    }
  }
}
