package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.Submission;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Loads the tables of suites, each once in a run however many suites name it. Not thread-safe. */
final class SuiteUploads {

  private final SuiteSites sites;
  private final SuiteParties parties;
  private final Map<Place, SuiteTable> stored = new HashMap<>();

  /** The same table may lie at the servers of several parties. */
  private record Place(FlowHttpClient site, SuiteTableName table) {}

  SuiteUploads(SuiteSites sites, SuiteParties parties) {
    this.sites = sites;
    this.parties = parties;
  }

  /**
   * Loads what is not there yet.
   *
   * @return the tables that are not to be had, and why
   */
  Map<SuiteTableName, String> load(List<SuiteTable> tables, Set<SuiteTableName> wanted)
      throws InterruptedException {
    Map<SuiteTableName, String> lacking = new LinkedHashMap<>();
    for (SuiteTable table : tables) {
      if (!wanted.contains(table.tableName())) {
        continue;
      }
      if (table.file().isEmpty()) {
        lacking.put(table.tableName(), table.lacking());
      } else if (isNew(table)) {
        String trouble = upload(table, table.file().get());
        if (!trouble.isEmpty()) {
          throw FedflowException.invalid(
              "suite.upload", "the table " + table.tableName() + " was not stored: " + trouble);
        }
      }
    }
    for (SuiteTableName name : wanted) {
      boolean named = tables.stream().anyMatch(table -> table.tableName().equals(name));
      if (!named && !exists(name)) {
        lacking.put(name, "the suite does not load it, and no server has it");
      }
    }
    return lacking;
  }

  private boolean isNew(SuiteTable table) {
    Place place = new Place(site(table), table.tableName());
    SuiteTable before = stored.put(place, table);
    return before == null
        || !before.file().equals(table.file())
        || !before.settings().equals(table.settings());
  }

  private String upload(SuiteTable table, Path file) throws InterruptedException {
    Map<String, Object> settings = new LinkedHashMap<>(table.settings());
    settings.put("namespace", table.namespace());
    settings.put("table_name", table.name());
    settings.putIfAbsent("head", 1);
    settings.putIfAbsent("partition", 1);
    settings.put("drop", 1);
    FlowHttpClient site = site(table);
    try {
      Submission accepted = site.blocking().upload(file, settings);
      JobEnd end = JobWatch.follow(List.of(site), accepted.jobId(), ProgressView.none());
      return end.good() ? "" : end.words();
    } catch (FedflowException refused) {
      return refused.getMessage();
    }
  }

  private FlowHttpClient site(SuiteTable table) {
    return sites.of(parties.at(table.role()));
  }

  private boolean exists(SuiteTableName name) throws InterruptedException {
    for (FlowHttpClient site : sites.all()) {
      Tree info = new Tree(site.blocking().table(name.namespace(), name.name()));
      if (info.at("exist").number() == 1) {
        return true;
      }
    }
    return false;
  }
}
