package io.fedflow.storage.postgres;

import io.fedflow.storage.sql.UnfinishedJobs;

/**
 * The statements about instances and who owns which job. An instance is gone when {@code ended} is
 * set; a row is never deleted, so an owner without a row cannot be.
 */
final class InstanceSql {

  /** Milliseconds since 1970 by the clock of the database, not by the start of the transaction. */
  private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

  static final String JOIN =
      "INSERT INTO site_instance (instance_id, epoch, joined, lease_millis, lease_end, ended,"
          + " ended_by, emptied) VALUES ($1, "
          + Fence.FIRST_EPOCH
          + ", "
          + NOW
          + ", $2, "
          + NOW
          + " + $2, 0, '', 0) ON CONFLICT (instance_id) DO NOTHING";

  /** Only columns outside of keys: it does not wait for writers, and they not for it. */
  static final String RENEW =
      "UPDATE site_instance SET lease_end = "
          + NOW
          + " + $3 WHERE instance_id = $1 AND epoch = $2 RETURNING lease_end - $3,"
          + " (SELECT count(*) FROM site_instance AS other WHERE other.instance_id <> $1"
          + " AND other.emptied = 0 AND (other.ended > 0 OR other.lease_end < "
          + NOW
          + ")), (SELECT min(other.lease_end) FROM site_instance AS other"
          + " WHERE other.instance_id <> $1 AND other.ended = 0 AND other.lease_end >= "
          + NOW
          + ")";

  /** Whoever listens there is told the instance that has left jobs for others. */
  static final String CHANNEL = "fedflow_jobs_left";

  /**
   * For the session of leases: a renewal need not wait for a disk that is busy with the writes of
   * others. One that a crash of the database takes back ends a lease earlier, and then all leases
   * have ended anyway; to join is durable with the first durable write after it.
   */
  static final String UNHURRIED = "SET synchronous_commit = off";

  static final String LISTEN = "LISTEN " + CHANNEL;

  static final String TELL = "SELECT pg_notify('" + CHANNEL + "', $1)";

  /** Locked in one order, so that two who fence the same cannot wait for each other. */
  static final String FENCE =
      "UPDATE site_instance SET epoch = epoch + 1, ended = "
          + NOW
          + ", ended_by = $1 WHERE instance_id IN (SELECT instance_id FROM site_instance"
          + " WHERE ended = 0 AND instance_id <> $1 AND lease_end < "
          + NOW
          + " ORDER BY instance_id FOR UPDATE) RETURNING instance_id";

  /** Told with the commit, so that who hears of it finds the jobs. */
  static final String LEAVE =
      "WITH gone AS (UPDATE site_instance SET epoch = epoch + 1, ended = "
          + NOW
          + ", ended_by = $1 WHERE instance_id = $1 AND epoch = $2 RETURNING instance_id)"
          + " SELECT pg_notify('"
          + CHANNEL
          + "', instance_id) FROM gone";

  private static final String OF_THE_GONE =
      "FROM job_owner AS owned JOIN site_instance AS owner"
          + " ON owner.instance_id = owned.instance_id AND owner.ended > 0 AND owner.emptied = 0"
          + " WHERE owned.job_id IN ("
          + UnfinishedJobs.IDS
          + ")";

  static final String TAKE =
      "UPDATE job_owner SET instance_id = $1, taking = $2 WHERE job_id IN (SELECT owned.job_id "
          + OF_THE_GONE
          + " ORDER BY owned.job_id LIMIT $3 FOR UPDATE OF owned SKIP LOCKED)"
          + " RETURNING job_id";

  /** An instance that left nothing unfinished needs no look any more. */
  static final String EMPTY =
      "UPDATE site_instance SET emptied = 1 WHERE ended > 0 AND emptied = 0"
          + " AND instance_id NOT IN (SELECT owned.instance_id "
          + OF_THE_GONE
          + ")";

  /** What an earlier taking took, if it was committed. */
  static final String TAKEN = "SELECT job_id FROM job_owner WHERE instance_id = $1 AND taking = $2";

  static final String ADOPT =
      "INSERT INTO job_owner (job_id, instance_id, taking) SELECT live.job_id, $1, $2::bigint"
          + " FROM ("
          + UnfinishedJobs.IDS
          + ") AS live WHERE NOT EXISTS"
          + " (SELECT 1 FROM job_owner AS owned WHERE owned.job_id = live.job_id)"
          + " ON CONFLICT (job_id) DO NOTHING RETURNING job_id";

  /** Touches a row if the job is new, or this instance's already. */
  static final String OWN_NEW =
      "INSERT INTO job_owner (job_id, instance_id, taking) VALUES ($1, $2, 0)"
          + " ON CONFLICT (job_id) DO UPDATE SET instance_id = excluded.instance_id"
          + " WHERE job_owner.instance_id = excluded.instance_id";

  /** Unfinished jobs of those that are gone are taken, which goes on with them, not claimed. */
  static final String CLAIM =
      "INSERT INTO job_owner (job_id, instance_id, taking) VALUES ($1, $2, 0)"
          + " ON CONFLICT (job_id) DO UPDATE SET instance_id = excluded.instance_id"
          + " WHERE job_owner.instance_id = excluded.instance_id"
          + " OR (EXISTS (SELECT 1 FROM site_instance AS owner"
          + " WHERE owner.instance_id = job_owner.instance_id AND owner.ended > 0) AND NOT "
          + UnfinishedJobs.isOne("excluded.job_id")
          + ") RETURNING instance_id";

  static final String OWNER = "SELECT instance_id FROM job_owner WHERE job_id = $1";

  static final String LIVE_OWNER =
      OWNER
          + " AND NOT EXISTS (SELECT 1 FROM site_instance AS owner"
          + " WHERE owner.instance_id = job_owner.instance_id AND owner.ended > 0)";

  private InstanceSql() {}
}
