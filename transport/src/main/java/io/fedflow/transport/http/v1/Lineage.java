package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.Stages;
import io.fedflow.data.TableMaker;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.TableRef;
import io.fedflow.job.JobRow;
import io.fedflow.spi.JobQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where tables come from and who read them. Blocking. */
final class Lineage {

  /** So many jobs are read at once. */
  private static final int CHUNK = 1000;

  private final Site site;

  Lineage(Site site) {
    this.site = site;
  }

  /** The tables from which a task computed a table; none for one that no task made. */
  Collection<TableRef> parents(TableRef table) {
    Optional<TableMaker> maker =
        Stages.join(site.data().find(table.namespace(), table.name())).flatMap(TableMaker::of);
    if (maker.isEmpty()) {
      return List.of();
    }
    String jobId = maker.get().task().jobId();
    return Stages.join(site.pipelines().planOf(jobId))
        .flatMap(
            plan ->
                plan.task(maker.get().task().component())
                    .map(
                        task ->
                            new JobTables(site.tracking(), plan, jobId, maker.get().party())
                                .inputs(task)
                                .values()))
        .orElse(List.of());
  }

  /** The first tables of all: those from which everything before a table was computed. */
  Set<TableRef> roots(TableRef table) {
    Set<TableRef> roots = new LinkedHashSet<>();
    roots(table, roots, new LinkedHashSet<>());
    return roots;
  }

  private void roots(TableRef table, Set<TableRef> roots, Set<TableRef> seen) {
    if (seen.add(table)) {
      Collection<TableRef> parents = parents(table);
      if (parents.isEmpty()) {
        roots.add(table);
      }
      parents.forEach(parent -> roots(parent, roots, seen));
    }
  }

  /** Ids of the jobs whose conf names a stored table as an input, oldest first. */
  List<String> readers(TableRef table) {
    Set<String> readers = new LinkedHashSet<>();
    List<JobRow> rows;
    int offset = 0;
    do {
      rows =
          Stages.join(
              site.tracking()
                  .jobs(
                      new JobQuery(
                          List.of(), List.of(), List.of(), Set.of(), false, offset, CHUNK)));
      rows.stream()
          .filter(row -> mentions(row.conf(), table.name()))
          .filter(row -> reads(row, table))
          .forEach(row -> readers.add(row.jobId()));
      offset += rows.size();
    } while (rows.size() == CHUNK);
    return new ArrayList<>(readers);
  }

  private boolean reads(JobRow row, TableRef table) {
    Optional<JobPlan> plan = Stages.join(site.pipelines().planOf(row.jobId()));
    return plan.isPresent()
        && new JobTables(site.tracking(), plan.get(), row.jobId(), row.party()).reads(table);
  }

  /** Planning costs: only jobs whose conf holds the name somewhere are looked at. */
  private static boolean mentions(Object tree, String name) {
    if (tree instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(value -> mentions(value, name));
    }
    return tree instanceof List<?> list
        ? list.stream().anyMatch(value -> mentions(value, name))
        : name.equals(String.valueOf(tree));
  }

  /** {@code parent_table_…} and {@code source_table_…} of every parent and its roots. */
  List<Map<String, Object>> sources(TableRef table) {
    return parents(table).stream()
        .flatMap(parent -> roots(parent).stream().map(root -> source(parent, root)))
        .collect(Collectors.toList());
  }

  private static Map<String, Object> source(TableRef parent, TableRef root) {
    return Map.of(
        "parent_table_name",
        parent.name(),
        "parent_table_namespace",
        parent.namespace(),
        "source_table_name",
        root.name(),
        "source_table_namespace",
        root.namespace());
  }
}
