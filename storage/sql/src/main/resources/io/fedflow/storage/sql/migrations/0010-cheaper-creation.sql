-- Tasks come by their job, in whose index they are found already. Every further index took as much
-- of a job's creation as the rows themselves. Counts of jobs become notes in SQLite, too: to look
-- for the row of a count at every change took as long as two rows.

DROP INDEX task_view_oldest;
DROP INDEX task_view_of_party;
${postgres} ALTER TABLE task_view DROP CONSTRAINT task_view_pkey;

${sqlite} DROP TRIGGER job_count_added;
${sqlite} DROP TRIGGER job_count_moved;
${sqlite} DROP TRIGGER job_count_gone;
${sqlite} DROP INDEX job_count_cell;
${sqlite} CREATE TRIGGER job_count_added AFTER INSERT ON job_view BEGIN
    INSERT INTO job_count (role, party_id, status, jobs) VALUES (new.role, new.party_id, new.status, 1); END;
${sqlite} CREATE TRIGGER job_count_moved AFTER UPDATE OF status ON job_view WHEN old.status <> new.status BEGIN
    INSERT INTO job_count (role, party_id, status, jobs) VALUES (old.role, old.party_id, old.status, -1), (new.role, new.party_id, new.status, 1); END;
${sqlite} CREATE TRIGGER job_count_gone AFTER DELETE ON job_view BEGIN
    INSERT INTO job_count (role, party_id, status, jobs) VALUES (old.role, old.party_id, old.status, -1); END;

-- Without AUTOINCREMENT, for which SQLite writes the last number down at every row: positions need
-- only grow among the rows that are there.
${sqlite} CREATE TABLE task_view_plain (
  position integer PRIMARY KEY,
  job_id text NOT NULL,
  component text NOT NULL,
  version bigint NOT NULL,
  role text NOT NULL,
  party_id text NOT NULL,
  module text NOT NULL,
  status text NOT NULL,
  party_status text NOT NULL,
  cause text NOT NULL,
  params text NOT NULL,
  messages_sent bigint NOT NULL,
  bytes_sent bigint NOT NULL,
  messages_received bigint NOT NULL,
  bytes_received bigint NOT NULL,
  create_time bigint NOT NULL,
  start_time bigint NOT NULL,
  end_time bigint NOT NULL,
  update_time bigint NOT NULL,
  revision bigint NOT NULL,
  lost bigint NOT NULL DEFAULT 0,
  UNIQUE (job_id, component, role, party_id, version)
);
${sqlite} INSERT INTO task_view_plain SELECT position, job_id, component, version, role, party_id,
    module, status, party_status, cause, params, messages_sent, bytes_sent, messages_received,
    bytes_received, create_time, start_time, end_time, update_time, revision, lost FROM task_view;
${sqlite} DROP TABLE task_view;
${sqlite} ALTER TABLE task_view_plain RENAME TO task_view;
