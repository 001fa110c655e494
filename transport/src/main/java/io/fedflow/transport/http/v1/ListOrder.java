package io.fedflow.transport.http.v1;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.TaskRow;
import io.fedflow.spi.JobSearch;
import io.fedflow.transport.http.wire.Arguments;
import java.util.Comparator;
import java.util.List;

/**
 * How a list is sorted.
 *
 * @param column one of FATE's columns for this
 * @param descending greatest first
 */
record ListOrder(String column, boolean descending) {

  private static final List<String> COLUMNS =
      List.of("job_id", "task_version", "create_time", "start_time", "end_time", "elapsed");

  private static final List<String> DIRECTIONS = List.of("asc", "desc");

  /**
   * The order that {@code order_by} and {@code order} ask for; each works without the other.
   *
   * @param silent the direction if {@code order} is absent
   * @throws FedflowException {@code argument.type}
   */
  static ListOrder of(Arguments arguments, String silent) {
    String column = one(arguments, "order_by", "create_time", COLUMNS);
    return new ListOrder(column, one(arguments, "order", silent, DIRECTIONS).equals("desc"));
  }

  private static String one(Arguments arguments, String name, String silent, List<String> allowed) {
    String value = arguments.text(name).orElse(silent);
    if (!allowed.contains(value)) {
      throw FedflowException.invalid(
          "argument.type", name + ": found '" + value + "', allowed one of " + allowed);
    }
    return value;
  }

  /** Of jobs; they have no versions, and come newest first if sorted by these. */
  JobSearch.Order ofJobs() {
    return switch (column) {
      case "job_id" -> JobSearch.Order.JOB_ID;
      case "start_time" -> JobSearch.Order.STARTED;
      case "end_time" -> JobSearch.Order.ENDED;
      case "elapsed" -> JobSearch.Order.ELAPSED;
      default -> JobSearch.Order.CREATED;
    };
  }

  /** Whether jobs come greatest first. */
  boolean descendingJobs() {
    return descending || column.equals("task_version");
  }

  /** Of tasks. */
  Comparator<TaskRow> ofTasks() {
    return directed(
        switch (column) {
          case "job_id" -> Comparator.comparing((TaskRow row) -> row.task().jobId());
          case "task_version" -> Comparator.comparingInt((TaskRow row) -> row.task().version());
          case "start_time" -> Comparator.comparingLong(TaskRow::startTime);
          case "end_time" -> Comparator.comparingLong(TaskRow::endTime);
          case "elapsed" -> Comparator.comparingLong(row -> row.endTime() - row.startTime());
          default -> Comparator.comparingLong(TaskRow::createTime);
        });
  }

  private <R> Comparator<R> directed(Comparator<R> ascending) {
    return descending ? ascending.reversed() : ascending;
  }
}
