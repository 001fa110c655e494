package io.fedflow.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.TaskQuery;
import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.SqlEngine;
import io.fedflow.storage.sql.SqlRow;
import io.fedflow.storage.sql.SqlStores;
import io.fedflow.storage.sql.TestJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of the board find their rows by an index, and in order. */
class QueryPlanTest {

  @TempDir Path dir;
  private SqliteConnection connection;

  @BeforeEach
  void open() throws Exception {
    connection = SqliteConnection.writing(dir.resolve("fedflow.db"));
    SqliteSchema.migrate(connection, "fedflow.db");
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  @Test
  void theFirstPageOfJobs_isReadInOrder() throws Exception {
    assertThat(
            plan(
                "SELECT * FROM job_view ORDER BY create_time DESC, job_id, role, party_id LIMIT 9"))
        .contains("job_view_newest")
        .doesNotContain("TEMP B-TREE");
  }

  @Test
  void jobsOfAParty_areFoundByIt() throws Exception {
    assertThat(
            plan(
                "SELECT * FROM job_view WHERE role IN ('guest') AND party_id IN ('9')"
                    + " ORDER BY create_time DESC, job_id, role, party_id LIMIT 9"))
        .contains("job_view_of_cell (role=? AND party_id=?)");
  }

  @Test
  void jobsInAStatus_areFoundByIt() throws Exception {
    assertThat(plan("SELECT count(*) FROM job_view WHERE status IN ('RUNNING')"))
        .contains("job_view_in_status (status=?)");
  }

  @Test
  void tasksOfAJob_areFoundByIt() throws Exception {
    assertThat(planOf(TaskQuery.ofJob("j"))).contains("(job_id=?)");
  }

  @Test
  void tasksOfAllJobs_areReadAsFarAsThePageGoes() throws Exception {
    TaskQuery all =
        new TaskQuery(List.of(), List.of(), List.of(), List.of(), Set.of(), Set.of(), false, 0, 9);
    assertThat(planOf(all)).contains("(job_id>?)", "LAST 2 TERMS OF ORDER BY");
  }

  @Test
  void pointsOfATask_areReadInOrder() throws Exception {
    assertThat(
            plan(
                "SELECT * FROM metric_point WHERE job_id = '' AND component = '' AND version = 0"
                    + " AND role = '' AND party_id = '' ORDER BY position"))
        .contains("metric_point_of_task")
        .doesNotContain("TEMP B-TREE");
  }

  /** Of the statement that the store makes. */
  private String planOf(TaskQuery query) throws Exception {
    Statements made = new Statements();
    SqlStores.over(made, new TestJson(), MemoryStores.create().blobs(), () -> {})
        .jobs()
        .tasks(query);
    return plan(made.last);
  }

  /** Keeps the last statement and runs none. */
  private static final class Statements implements SqlEngine {

    private String last;

    @Override
    public <R> CompletionStage<List<R>> change(Change<R> change) {
      throw new AssertionError("only reads are asked for");
    }

    @Override
    public void sumNotes() {
      throw new AssertionError("only reads are asked for");
    }

    @Override
    public <R> CompletionStage<List<R>> read(
        String sql, List<Object> args, Function<SqlRow, R> mapper) {
      last = sql;
      return CompletableFuture.completedStage(List.of());
    }
  }

  private String plan(String sql) throws Exception {
    return String.join(
        "\n", connection.rows("EXPLAIN QUERY PLAN " + sql, List.of(), row -> row.text(3)));
  }
}
