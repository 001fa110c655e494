package io.fedflow.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import io.fedflow.storage.sql.Migrations;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.testkit.store.StoreRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStoresTest {

  @TempDir Path dir;

  @Test
  void aSecondServer_isKeptOut_untilTheFirstEnds() {
    try (Stores first = open()) {
      assertThat(first.instances().shared()).isFalse();
      assertThatExceptionOfType(FedflowException.class)
          .isThrownBy(this::open)
          .withMessageContaining(dir.resolve("fedflow.lock").toString())
          .withMessageContaining("another folder")
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("store.locked"));
    }
    open().close();
  }

  @Test
  void aFolderThatIsAFile_isRefusedWithItsName() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> SqliteStores.open(file, new TestJson()))
        .withMessageContaining(file.toString())
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE));
  }

  @Test
  void aFileThatIsNoDatabase_isRefusedWithItsName() throws IOException {
    Files.writeString(dir.resolve("fedflow.db"), "not a database".repeat(1_000));
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(this::open)
        .withMessageContaining("fedflow.db")
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE));
    // The refused opening must not keep the folder.
    Files.delete(dir.resolve("fedflow.db"));
    open().close();
  }

  @Test
  void aSchemaOfANewerVersion_isRefused() throws SQLException {
    open().close();
    run("INSERT INTO schema_migration VALUES (99, 'future', 'x', 0)");
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(this::open)
        .withMessageContaining("99 (future)")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("store.schema"));
    run("DELETE FROM schema_migration WHERE number = 99");
    open().close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aFileOfAnEarlierSchema_isBroughtUpToDate_withItsRows(int schema) throws Exception {
    try (SqliteConnection old = SqliteConnection.writing(dir.resolve("fedflow.db"))) {
      SqliteSchema.migrate(old, "old", Migrations.all().upTo(schema));
      old.run(
          "INSERT INTO job_view (job_id, role, party_id, initiator, parties, dsl, conf, settings,"
              + " model_id, model_version, seed, status, progress, cause, notes, create_time,"
              + " start_time, end_time, update_time, revision) VALUES ('j', 'guest', '1', 'guest:1',"
              + " '{\"guest\":[\"1\"]}', '{}', '{}', '{}', 'm', 'j', 7, 'SUCCESS', 100, '', '', 1, 2, 3,"
              + " 4, 5)");
      for (String component : List.of("later", "first")) {
        old.run(
            "INSERT INTO task_view (job_id, component, version, role, party_id, module, status,"
                + " party_status, cause, params, messages_sent, bytes_sent, messages_received,"
                + " bytes_received, create_time, start_time, end_time, update_time, revision)"
                + " VALUES ('j', '"
                + component
                + "', 0, 'guest', '1', 'M', 'SUCCESS', 'SUCCESS', 'why', '{\"a\":1}', 11, 12, 13,"
                + " 14, 15, 16, 17, 18, 19)");
      }
    }
    try (Stores stores = open()) {
      List<TaskRow> tasks = value(stores.jobs().tasks(TaskQuery.ofJob("j")));
      assertThat(tasks).extracting(row -> row.task().component()).containsExactly("later", "first");
      TaskRow row = tasks.get(0);
      assertThat(row.cause()).isEqualTo("why");
      assertThat(row.params()).containsExactly(Map.entry("a", 1));
      assertThat(row.traffic()).isEqualTo(new Traffic(11, 12, 13, 14));
      assertThat(row.createTime()).isEqualTo(15);
      assertThat(row.startTime()).isEqualTo(16);
      assertThat(row.endTime()).isEqualTo(17);
      assertThat(row.updateTime()).isEqualTo(18);
      assertThat(row.revision()).isEqualTo(19);
      assertThat(value(stores.jobs().search(JobSearch.newest(1))).total()).isEqualTo(1);
    }
  }

  @Test
  void afterClosing_everythingIsRefused() {
    Stores stores = open();
    stores.close();
    assertClosed(stores.jobs().unfinished());
    assertClosed(stores.jobs().commit(StoreRows.jobs(StoreRows.job("a", StoreRows.GUEST, 1))));
  }

  @Test
  void changesAcceptedBeforeClosing_areStored() {
    Stores stores = open();
    for (int i = 0; i < 500; i++) {
      stores.jobs().commit(StoreRows.jobs(StoreRows.job("job" + i, StoreRows.GUEST, i)));
    }
    stores.close();
    try (Stores again = open()) {
      assertThat(again.jobs().countJobs(JobQuery.ofJob("job499")).toCompletableFuture())
          .succeedsWithin(10, TimeUnit.SECONDS)
          .isEqualTo(1L);
      assertThat(again.jobs().unfinished().toCompletableFuture().join()).hasSize(500);
    }
  }

  @Test
  void whatIsNotedOfJobs_isPutTogether_andLosesNothing() throws SQLException {
    try (Stores stores = open()) {
      for (int i = 0; i < 6_000; i++) {
        JobRow row = StoreRows.job("j" + i, StoreRows.GUEST, i);
        stores.jobs().commit(StoreRows.jobs(row, row.moved(JobStatus.WAITING, "", i)));
      }
      // Behind everything that was handed over before.
      assertThat(
              stores
                  .jobs()
                  .commit(StoreRows.jobs(StoreRows.job("last", StoreRows.HOST, 1)))
                  .toCompletableFuture())
          .succeedsWithin(30, TimeUnit.SECONDS);
      assertThat(stores.jobs().search(JobSearch.newest(1)).toCompletableFuture())
          .succeedsWithin(10, TimeUnit.SECONDS)
          .satisfies(page -> assertThat(page.total()).isEqualTo(6_001));
      assertThat(number("SELECT count(*) FROM job_count")).isLessThan(5_000);
    }
  }

  @Test
  void unfinishedBlobsOfACrash_areDropped() throws IOException {
    open().close();
    Files.writeString(dir.resolve("blobs/unfinished/blob123"), "half");
    open().close();
    try (Stream<Path> left = Files.list(dir.resolve("blobs/unfinished"))) {
      assertThat(left).isEmpty();
    }
  }

  private Stores open() {
    return SqliteStores.open(dir, new TestJson());
  }

  private static <T> T value(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private long number(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("fedflow.db"));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("fedflow.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertClosed(CompletionStage<?> stage) {
    assertThat(stage.toCompletableFuture())
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(FedflowException.class)
        .withMessageContaining("closed");
  }
}
