package io.fedflow.storage.sql;

import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parties' views of jobs as rows. */
final class JobRows {

  static final SqlTable TABLE =
      SqlTable.of(
          "job_view",
          "job_id role party_id",
          "initiator parties dsl conf settings model_id model_version seed status progress cause"
              + " notes rerun_round slots slot_round unapproved create_time start_time end_time update_time revision edition inheritance");

  /** A job that is new has neither begun nor come to anything. */
  static final NewRows NEW =
      NewRows.of(
          TABLE,
          Map.ofEntries(
              Map.entry("progress", 0L),
              Map.entry("cause", ""),
              Map.entry("notes", ""),
              Map.entry("rerun_round", 0L),
              Map.entry("slots", 0L),
              Map.entry("slot_round", 0L),
              Map.entry("unapproved", 0L),
              Map.entry("start_time", 0L),
              Map.entry("end_time", 0L),
              Map.entry("revision", 1L),
              Map.entry("edition", 0L),
              Map.entry("inheritance", "{}")));

  private final Trees json;

  JobRows(Trees json) {
    this.json = json;
  }

  Args args(JobRow row) {
    return new Args()
        .text(row.jobId())
        .party(row.party())
        .text(row.initiator().toString())
        .text(json.write(idsByRole(row.parties())))
        .text(json.write(row.dsl()))
        .text(json.write(row.conf()))
        .text(json.write(row.settings()))
        .text(row.modelId())
        .text(row.modelVersion())
        .number(row.seed())
        .name(row.status())
        .number(row.progress())
        .text(row.cause())
        .text(row.notes())
        .number(row.round())
        .number(row.slots())
        .number(row.slotRound())
        .number(row.unapproved() ? 1 : 0)
        .number(row.createTime())
        .number(row.startTime())
        .number(row.endTime())
        .number(row.updateTime())
        .number(row.revision())
        .number(row.edition())
        .text(json.write(tree(row.inheritance())));
  }

  JobRow row(SqlRow stored) {
    RowReader in = new RowReader(stored);
    return new JobRow(
        in.text(),
        in.party(),
        Party.parse(in.text()),
        parties(json.map(in.text())),
        json.map(in.text()),
        json.map(in.text()),
        json.map(in.text()),
        in.text(),
        in.text(),
        in.number(),
        in.name(JobStatus.class),
        in.integer(),
        in.text(),
        in.text(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer() == 1,
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.integer(),
        inheritance(json.map(in.text())));
  }

  private static Map<String, Object> tree(Inheritance inheritance) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (inheritance.any()) {
      tree.put("job_id", inheritance.jobId());
      tree.put("components", inheritance.components());
      tree.put("status", inheritance.status().name());
    }
    return tree;
  }

  @SuppressWarnings("unchecked") // as written above
  private static Inheritance inheritance(Map<String, Object> tree) {
    return tree.isEmpty()
        ? Inheritance.NONE
        : new Inheritance(
            (String) tree.get("job_id"),
            (List<String>) tree.get("components"),
            Inheritance.Status.valueOf((String) tree.get("status")));
  }

  private static Map<String, Object> idsByRole(Parties parties) {
    Map<String, Object> tree = new LinkedHashMap<>();
    parties.byRole().forEach((role, ids) -> tree.put(role.name(), ids));
    return tree;
  }

  @SuppressWarnings("unchecked")
  private static Parties parties(Map<String, Object> tree) {
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    tree.forEach((role, ids) -> byRole.put(new Role(role), (List<String>) ids));
    return new Parties(byRole);
  }
}
