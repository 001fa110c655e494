package io.fedflow.job;

import io.fedflow.job.CoordinationRow.HeldTask;
import io.fedflow.job.Wait.Cause;
import io.fedflow.party.Party;
import io.fedflow.queue.SlotWait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a live job and each of its components are where they are. For one answer and one thread. */
final class LiveWaits {

  /** A store may take a moment. */
  private static final long SLOW_STORE_MILLIS = 1_000;

  private final Glimpse job;
  private final String jobId;
  private final Party here;
  private final Optional<SlotWait> slots;
  private final long now;
  private final List<Wait> waits = new ArrayList<>();

  LiveWaits(Glimpse job, Optional<SlotWait> slots, long now) {
    this.job = job;
    this.jobId = job.jobId();
    this.here = job.here();
    this.slots = slots;
    this.now = now;
  }

  /** The reasons, those of the job first, then those of components in the order of the plan. */
  List<Wait> all() {
    store();
    job.contacts().forEach(this::contact);
    slots.ifPresent(wait -> waits.addAll(SlotWaits.of(wait, here)));
    if (job.coordination() != null) {
      coordinated(job.coordination());
    } else {
      job.states().values().forEach(this::taken);
    }
    if (waits.isEmpty()) {
      long since = job.coordination() == null ? now : job.coordination().updateTime();
      of(Cause.UNDER_WAY, here, since, "the next step of the job is under way", "ask again");
    }
    return waits;
  }

  private void store() {
    TurnStore.Writing writing = job.writing();
    if (writing == null || writing.failure().isEmpty() && !isSlow(writing)) {
      return;
    }
    String text =
        writing.failure().isEmpty()
            ? "the store of this site has not answered yet"
            : "the store of this site failed "
                + writing.tries()
                + " times: "
                + writing.failure()
                + "; it is tried again "
                + (writing.nextTry() == 0 ? "now" : "at " + at(writing.nextTry()))
                + ", until it is back";
    of(Cause.STORE_DOWN, here, writing.since(), text, "see that the store of this site works");
  }

  private boolean isSlow(TurnStore.Writing writing) {
    return now - writing.since() > SLOW_STORE_MILLIS;
  }

  private void contact(PeerLane.Contact contact) {
    if (contact.failingSince() == 0) {
      return;
    }
    String last = contact.lastContact() == 0 ? "never" : at(contact.lastContact());
    String next = contact.nextTry() == 0 ? "now" : at(contact.nextTry());
    of(
        Cause.PEER_UNREACHABLE,
        contact.party(),
        contact.failingSince(),
        contact.party()
            + " cannot be reached: "
            + contact.failure()
            + "; last contact "
            + last
            + ", next try "
            + next,
        "see that the server of " + contact.party() + " runs and can be reached");
  }

  private void coordinated(CoordinationRow row) {
    if (row.status().terminal()) {
      waits.add(Endings.of(jobId, row.status(), row.cause(), row.updateTime(), here));
    } else if (row.status() == JobStatus.RUNNING) {
      row.tasks().forEach(held -> held(row, held));
    } else if (job.plan() != null) {
      for (Party party : job.plan().parties().all()) {
        if (!row.created().contains(party)) {
          String text =
              party + " has not answered the request to " + (row.round() == 0 ? "create" : "rerun");
          String remedy = "look at the log of the server of " + party;
          of(Cause.CREATING, party, row.updateTime(), text + " the job", remedy);
        } else if (asksElsewhere(row, party)) {
          String text = "the site of " + party + " has not granted the slots that the job asks for";
          String remedy =
              "explain the job at the site of " + party + ", which knows who holds them";
          of(Cause.NO_SLOTS, party, row.updateTime(), text, remedy);
        }
      }
    }
  }

  /** The own site tells more about itself. */
  private boolean asksElsewhere(CoordinationRow row, Party party) {
    return row.created().size() == job.plan().parties().all().size()
        && !job.states().containsKey(party)
        && !job.granted().contains(party);
  }

  private void held(CoordinationRow row, HeldTask held) {
    if (held.status() == TaskStatus.RUNNING) {
      held.atParties()
          .forEach(
              (party, status) -> {
                if (status == TaskStatus.RUNNING) {
                  running(held.component(), held.version(), party, since(row, held, party));
                }
              });
    } else if (held.status() == TaskStatus.WAITING && held.notBefore() > now) {
      retry(held);
    } else if (held.status() == TaskStatus.WAITING && job.plan() != null) {
      upstream(row, held);
    }
  }

  private long since(CoordinationRow row, HeldTask held, Party party) {
    return Optional.ofNullable(job.states().get(party))
        .flatMap(state -> state.task(row.attempt(held)))
        .map(TaskRow::startTime)
        .filter(time -> time > 0)
        .orElse(held.startTime());
  }

  private void running(String component, int version, Party party, long since) {
    String text = "attempt " + version + " runs at " + party;
    of(component, Cause.RUNNING, party, since, text, "wait for it, or stop the job");
  }

  private void retry(HeldTask held) {
    // The row keeps when it goes on, which is the end of the last attempt and the delay.
    long ended = held.notBefore() - job.plan().settings().autoRetryDelay().toMillis();
    String why = causeOf(held.component(), held.version() - 1);
    of(
        held.component(),
        Cause.RETRY_DELAY,
        CauseCode.party(why).orElse(null),
        ended,
        "attempt "
            + held.version()
            + " starts at "
            + at(held.notBefore())
            + "; retry "
            + held.retries()
            + " of "
            + job.plan().settings().autoRetries()
            + (why.isEmpty() ? "" : "; the last one ended: " + why),
        "wait for it, or stop the job; auto_retry_delay in job_parameters sets the pause");
  }

  /** Why an attempt ended, as a local party heard it. */
  private String causeOf(String component, int version) {
    return job.states().values().stream()
        .flatMap(state -> state.tasks().stream())
        .filter(t -> t.task().component().equals(component) && t.task().version() == version)
        .map(TaskRow::cause)
        .filter(cause -> !cause.isEmpty())
        .findFirst()
        .orElse("");
  }

  private void upstream(CoordinationRow row, HeldTask held) {
    List<String> before = job.plan().upstream(held.component());
    List<HeldTask> missing =
        row.tasks().stream()
            .filter(other -> before.contains(other.component()) && !other.status().good())
            .toList();
    if (missing.isEmpty()) {
      atOnce(row, held);
      return;
    }
    Party party =
        missing.stream()
            .flatMap(other -> other.atParties().entrySet().stream())
            .filter(part -> part.getValue() == TaskStatus.RUNNING)
            .map(java.util.Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    String text =
        missing.stream()
            .map(other -> other.component() + ", which is " + other.status())
            .collect(Collectors.joining("; ", "waits for ", ""));
    of(held.component(), Cause.UPSTREAM, party, row.startTime(), text, afterThose(missing));
  }

  private void atOnce(CoordinationRow row, HeldTask held) {
    List<HeldTask> running =
        row.tasks().stream().filter(other -> other.status() == TaskStatus.RUNNING).toList();
    String most = "task_parallelism is " + job.plan().settings().taskParallelism();
    of(
        held.component(),
        Cause.NO_SLOTS,
        here,
        row.updateTime(),
        most + ", and the job's slots are taken by " + names(running),
        afterThose(running) + "; a greater task_parallelism lets more tasks run at once");
  }

  private static String names(List<HeldTask> tasks) {
    return tasks.stream().map(HeldTask::component).collect(Collectors.joining(", "));
  }

  private static String afterThose(List<HeldTask> missing) {
    return "it starts by itself after " + names(missing);
  }

  /** A local party's part of a job that is coordinated elsewhere. */
  private void taken(PartyState state) {
    JobRow view = state.job();
    if (view.status().terminal()) {
      waits.add(Endings.of(jobId, view.status(), view.cause(), view.endTime(), view.party()));
      return;
    }
    if (view.status() != JobStatus.RUNNING) {
      elsewhere("", view, view.updateTime(), view.party() + " is ready");
      return;
    }
    List<String> seen = new ArrayList<>();
    for (TaskRow first : state.tasks()) {
      String component = first.task().component();
      if (!seen.contains(component)) {
        seen.add(component);
        part(state, state.latest(component).orElseThrow());
      }
    }
  }

  private void part(PartyState state, TaskRow row) {
    String component = row.task().component();
    JobRow view = state.job();
    if (row.partyStatus() == TaskStatus.RUNNING) {
      running(component, row.task().version(), row.party(), row.startTime());
    } else if (row.partyStatus().terminal() && !row.status().terminal()) {
      String text = "ended as " + row.partyStatus() + " at " + row.party();
      elsewhere(component, view, row.endTime(), text + ", other parties go on");
    } else if (row.partyStatus() == TaskStatus.WAITING) {
      List<String> before = job.plan() == null ? List.of() : job.plan().upstream(component);
      List<TaskRow> missing =
          before.stream()
              .flatMap(name -> state.latest(name).stream())
              .filter(other -> !other.status().good())
              .toList();
      if (missing.isEmpty()) {
        elsewhere(component, view, view.startTime(), view.party() + " waits for its start");
      } else {
        String names =
            missing.stream().map(t -> t.task().component()).collect(Collectors.joining(", "));
        of(
            component,
            Cause.UPSTREAM,
            null,
            view.startTime(),
            "waits for " + names,
            "it starts by itself after " + names);
      }
    }
  }

  private void elsewhere(String component, JobRow view, long since, String text) {
    of(
        component,
        Cause.COORDINATOR,
        view.initiator(),
        since,
        text + "; " + view.initiator() + " coordinates the job",
        "explain the job at the site of " + view.initiator());
  }

  private void of(Cause cause, Party party, long since, String text, String remedy) {
    of("", cause, party, since, text, remedy);
  }

  private void of(
      String component, Cause cause, Party party, long since, String text, String remedy) {
    waits.add(new Wait(jobId, component, cause, party, since, text, remedy));
  }

  private static String at(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
