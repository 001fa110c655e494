-- The servers of a site that share this database, each until its lease ends.

CREATE TABLE site_server (
  instance_id ${text} NOT NULL,
  host ${text} NOT NULL,
  http_port bigint NOT NULL,
  grpc_port bigint NOT NULL,
  software ${text} NOT NULL,
  started bigint NOT NULL,
  lease_end bigint NOT NULL,
  PRIMARY KEY (instance_id)
);
