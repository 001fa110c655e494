-- The processes that share this database, and who of them owns which job. Times are those of the
-- database. The epoch is part of a key, so that to fence waits for whoever holds the row shared.

CREATE TABLE site_instance (
  instance_id ${text} NOT NULL,
  epoch bigint NOT NULL,
  joined bigint NOT NULL,
  lease_millis bigint NOT NULL,
  lease_end bigint NOT NULL,
  ended bigint NOT NULL,
  ended_by ${text} NOT NULL,
  emptied bigint NOT NULL,
  PRIMARY KEY (instance_id),
  UNIQUE (instance_id, epoch)
);

CREATE TABLE job_owner (
  job_id ${text} NOT NULL,
  instance_id ${text} NOT NULL,
  taking bigint NOT NULL,
  PRIMARY KEY (job_id)
);
