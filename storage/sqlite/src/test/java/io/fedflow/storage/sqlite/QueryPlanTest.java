package io.fedflow.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
    assertThat(
            plan(
                "SELECT * FROM task_view WHERE job_id IN ('j')"
                    + " ORDER BY job_id, create_time, position LIMIT 9"))
        .contains("(job_id=?)");
  }

  @Test
  void tasksOfAllJobs_areReadAsFarAsThePageGoes() throws Exception {
    assertThat(
            plan(
                "SELECT * FROM task_view WHERE job_id > ''"
                    + " ORDER BY job_id, create_time, position LIMIT 9"))
        .contains("(job_id>?)", "LAST 2 TERMS OF ORDER BY");
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

  private String plan(String sql) throws Exception {
    return String.join(
        "\n", connection.rows("EXPLAIN QUERY PLAN " + sql, List.of(), row -> row.text(3)));
  }
}
