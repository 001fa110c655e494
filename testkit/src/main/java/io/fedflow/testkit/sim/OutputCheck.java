package io.fedflow.testkit.sim;

import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskRunner.Work;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import io.fedflow.tracking.OutputData;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the tables on the disk of one site, and at who lists them. Not thread-safe. */
final class OutputCheck {

  private static final int ALL = 100_000;

  private final String site;
  private final Stores disk;
  private final Watch watch;
  private final Set<String> unclear = new HashSet<>();
  private final Map<String, Integer> cleaned = new HashMap<>();

  OutputCheck(String site, Stores disk, Watch watch) {
    this.site = site;
    this.disk = disk;
    this.watch = watch;
  }

  /** A turn reached the disk: what is inherited by it must be what the source has. */
  void stored(StoreTurn turn) {
    for (TaskRow row : turn.tasks()) {
      JobRow job = watch.view(row.task().jobId(), row.party());
      if (watch.inherits(job, row.task()) && row.partyStatus().terminal()) {
        compare(row, job.inheritance());
      }
    }
  }

  private void compare(TaskRow heir, Inheritance inheritance) {
    TaskRow source =
        watch.lastGood(inheritance.jobId(), heir.task().component(), heir.party()).orElse(null);
    if (source == null) {
      watch.note(Check.INHERITANCE, heir + " is inherited from nothing that ended well");
      return;
    }
    List<OutputData> found = outputs(heir);
    if (!found.equals(outputs(source)) || !found.stream().allMatch(this::isThere)) {
      watch.note(
          Check.INHERITANCE,
          heir.task() + " has " + found + ", its source " + source.task() + " " + outputs(source));
    }
  }

  private List<OutputData> outputs(TaskRow row) {
    return Stages.join(disk.tracking().outputs(row.task(), row.party()));
  }

  private boolean isThere(OutputData output) {
    return !output.isDropped()
        && Stages.join(disk.tables().find(output.namespace(), output.name())).isPresent();
  }

  /** A part begins to run: what it reads must be there. */
  void begun(Work work) {
    PlannedTask task = work.plan().task(work.task().component()).orElseThrow();
    for (DataEdge edge : task.data()) {
      if (edge.source() instanceof DataEdge.TaskOutput output) {
        watch
            .lastGood(work.task().jobId(), output.component(), work.party())
            .filter(row -> !outputs(row).stream().allMatch(this::isThere))
            .ifPresent(
                row ->
                    watch.note(
                        Check.OUTPUTS,
                        work.task() + " reads " + row.task() + ", of which are " + outputs(row)));
      }
    }
  }

  /** Somebody asks to clean a job here: until that is answered nobody knows what is left. */
  void cleaning(String jobId) {
    unclear.add(jobId);
  }

  /**
   * A job was cleaned here.
   *
   * @param round its round when that was asked for
   * @param forGood whether nobody wants it to run again
   */
  void cleaned(String jobId, int round, boolean forGood) {
    if (!watch.endedAt(site, jobId, round)) {
      return;
    }
    unclear.remove(jobId);
    for (TaskRow row : watch.partsAt(site, jobId)) {
      if (row.partyStatus().good() && outputs(row).stream().anyMatch(o -> !o.isDropped())) {
        watch.note(Check.CLEANED, row.task() + " at " + row.party() + " left " + outputs(row));
      }
    }
    if (forGood) {
      cleaned.put(jobId, round);
    }
  }

  /** A user wants a job to run again. */
  void wanted(String jobId) {
    cleaned.remove(jobId);
  }

  /** Nothing is to be done any more. */
  void judge() {
    cleaned.forEach(
        (jobId, round) -> {
          if (!watch.endedAt(site, jobId, round)) {
            watch.note(Check.CLEANED, jobId + " was cleaned at site " + site + ", and ran again");
          }
        });
    for (TableEntry table : Stages.join(disk.tables().list("", 0, ALL))) {
      if (Stages.join(disk.tracking().countOutputs(table.namespace(), table.name())) == 0) {
        watch.note(Check.OUTPUTS, "nobody lists " + table.namespace() + " at site " + site);
      }
    }
    for (TaskRow row : watch.partsAt(site)) {
      for (OutputData output : outputs(row)) {
        if (row.partyStatus().good()
            && !output.isDropped()
            && !isThere(output)
            && !unclear.contains(row.task().jobId())) {
          watch.note(Check.OUTPUTS, row.task() + " at " + row.party() + " lists " + output);
        }
      }
    }
  }
}
