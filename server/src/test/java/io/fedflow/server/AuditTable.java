package io.fedflow.server;

import io.fedflow.testkit.takeover.AuditedWrite;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Triggers of a database that note every write of a job's rows, with whose session wrote it. */
final class AuditTable implements AutoCloseable {

  private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
  private static final long PATIENCE_SECONDS = 300;
  private static final long PAUSE_MILLIS = 100;

  /** What is written beside the state of jobs. */
  private static final List<String> OUTPUTS =
      List.of(
          "metric_point", "metric_meta", "task_summary", "task_output", "log_line", "job_event");

  private final Connection connection;

  private AuditTable(Connection connection) {
    this.connection = connection;
  }

  /** Notes what is written from now on; the schema must be there. */
  static AuditTable install(String url) throws SQLException {
    URI uri = URI.create(url);
    String[] user = uri.getUserInfo().split(":");
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://" + uri.getHost() + ':' + uri.getPort() + uri.getPath(),
            user[0],
            user[1]);
    AuditTable audit = new AuditTable(connection);
    audit.run(
        "CREATE TABLE write_audit (position bigint GENERATED ALWAYS AS IDENTITY, at bigint,"
            + " writer text, job_id text, row_name text, revision bigint, status text)");
    audit.note(
        "job_view", "'view ' || NEW.role || ' ' || NEW.party_id", "NEW.revision", "NEW.status");
    audit.note("coordination", "'coordination'", "NEW.revision", "NEW.status");
    for (String output : OUTPUTS) {
      audit.note(output, "'" + AuditedWrite.OUTPUT + output + "'", "0", "''");
    }
    audit.note(
        "task_view",
        "'"
            + AuditedWrite.ATTEMPT
            + "' || NEW.component || ' ' || NEW.version || ' ' || NEW.role || ' ' || NEW.party_id",
        "NEW.revision",
        "NEW.party_status");
    return audit;
  }

  private void note(String table, String row, String revision, String status) throws SQLException {
    run(
        "CREATE FUNCTION audit_"
            + table
            + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " INSERT INTO write_audit (at, writer, job_id, row_name, revision, status) VALUES ("
            + NOW
            + ", current_setting('application_name'), NEW.job_id, "
            + row
            + ", "
            + revision
            + ", "
            + status
            + "); RETURN NULL; END $$");
    run(
        "CREATE TRIGGER audit_"
            + table
            + " AFTER INSERT OR UPDATE ON "
            + table
            + " FOR EACH ROW EXECUTE FUNCTION audit_"
            + table
            + "()");
  }

  /** The time of the database, in milliseconds since 1970. */
  long now() throws SQLException {
    return number("SELECT " + NOW);
  }

  /** All writes so far of some jobs. */
  List<AuditedWrite> writes(Collection<String> jobIds) throws SQLException {
    List<AuditedWrite> writes = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT position, at, writer, job_id, row_name, revision, status"
                    + " FROM write_audit WHERE job_id IN "
                    + among(jobIds)
                    + " ORDER BY position")) {
      while (rows.next()) {
        writes.add(
            new AuditedWrite(
                rows.getLong(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getLong(6),
                rows.getString(7)));
      }
    }
    return writes;
  }

  /** Waits until jobs have ended at all their parties. */
  void awaitEnded(Collection<String> jobIds) throws Exception {
    String live =
        " WHERE job_id IN "
            + among(jobIds)
            + " AND status NOT IN ('SUCCESS', 'FAILED', 'CANCELED', 'TIMEOUT')";
    String left =
        "SELECT (SELECT count(*) FROM job_view"
            + live
            + ") + (SELECT count(*) FROM coordination"
            + live
            + ")";
    until("these end: " + jobIds, () -> number(left) == 0);
  }

  /**
   * Waits until others fenced an instance.
   *
   * @return when, by the clock of the database
   */
  long awaitFenced(String instance) throws Exception {
    String when = "SELECT ended FROM site_instance WHERE instance_id = '" + instance + "'";
    until("fenced: " + instance, () -> number(when) > 0);
    return number(when);
  }

  /** The ids of the instances that own a job; of a job that is known it is one. */
  List<String> owners(String jobId) throws SQLException {
    return texts("SELECT instance_id FROM job_owner WHERE job_id = '" + jobId + "'");
  }

  /** Waits until somebody else wrote one of some jobs of a session, unless all of them ended. */
  void awaitTakenOrEnded(Collection<String> jobIds, String session, long since) throws Exception {
    String writes =
        "SELECT count(*) FROM write_audit WHERE job_id IN "
            + among(jobIds)
            + " AND writer <> '"
            + session
            + "' AND at >= "
            + since;
    until(
        "taken over: " + jobIds,
        () -> number(writes) > 0 || statuses(jobIds).stream().allMatch("SUCCESS"::equals));
  }

  /** Something that the database tells. */
  private interface Condition {
    boolean holds() throws SQLException;
  }

  private static void until(String what, Condition condition) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what);
      }
      pause();
    }
  }

  /**
   * The id of the instance that listens at a port; waits until it announced itself. One that had
   * the port before may still be listed.
   *
   * @param since the clock when it was started, or before
   */
  String instanceAt(int httpPort, long since) throws SQLException {
    String newest =
        "SELECT instance_id FROM site_server WHERE http_port = "
            + httpPort
            + " AND started >= "
            + since
            + " ORDER BY started DESC LIMIT 1";
    until("a server announced itself at port " + httpPort, () -> !texts(newest).isEmpty());
    return texts(newest).get(0);
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
  }

  /** The statuses that the views of jobs have now. */
  List<String> statuses(Collection<String> jobIds) throws SQLException {
    return texts("SELECT status FROM job_view WHERE job_id IN " + among(jobIds));
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private static String among(Collection<String> ids) {
    return ids.stream().collect(Collectors.joining("', '", "('", "')"));
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
