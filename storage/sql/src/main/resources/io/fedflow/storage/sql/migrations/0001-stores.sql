-- Words in ${…} differ by database. Never change this file once released: add another.

CREATE TABLE job_view (
  job_id ${text} NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  initiator ${text} NOT NULL,
  parties ${text} NOT NULL,
  dsl ${text} NOT NULL,
  conf ${text} NOT NULL,
  settings ${text} NOT NULL,
  model_id ${text} NOT NULL,
  model_version ${text} NOT NULL,
  seed bigint NOT NULL,
  status ${text} NOT NULL,
  progress bigint NOT NULL,
  cause ${text} NOT NULL,
  notes ${text} NOT NULL,
  create_time bigint NOT NULL,
  start_time bigint NOT NULL,
  end_time bigint NOT NULL,
  update_time bigint NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (job_id, role, party_id)
);
CREATE INDEX job_view_newest ON job_view (create_time DESC, job_id, role, party_id);
CREATE INDEX job_view_of_party ON job_view (role, party_id, create_time DESC, job_id);
CREATE INDEX job_view_in_status ON job_view (status, create_time DESC, job_id);

CREATE TABLE task_view (
  position ${position},
  job_id ${text} NOT NULL,
  component ${text} NOT NULL,
  version bigint NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  module ${text} NOT NULL,
  status ${text} NOT NULL,
  party_status ${text} NOT NULL,
  cause ${text} NOT NULL,
  params ${text} NOT NULL,
  messages_sent bigint NOT NULL,
  bytes_sent bigint NOT NULL,
  messages_received bigint NOT NULL,
  bytes_received bigint NOT NULL,
  create_time bigint NOT NULL,
  start_time bigint NOT NULL,
  end_time bigint NOT NULL,
  update_time bigint NOT NULL,
  revision bigint NOT NULL,
  UNIQUE (job_id, component, role, party_id, version)
);
CREATE INDEX task_view_oldest ON task_view (create_time, position);
CREATE INDEX task_view_of_party ON task_view (role, party_id, create_time);

CREATE TABLE coordination (
  job_id ${text} PRIMARY KEY,
  initiator ${text} NOT NULL,
  status ${text} NOT NULL,
  cause ${text} NOT NULL,
  created ${text} NOT NULL,
  tasks ${text} NOT NULL,
  update_time bigint NOT NULL,
  revision bigint NOT NULL
);
CREATE INDEX coordination_in_status ON coordination (status);

CREATE TABLE job_event (
  job_id ${text} NOT NULL,
  sequence bigint NOT NULL,
  happened_at bigint NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  kind ${text} NOT NULL,
  component ${text} NOT NULL,
  details ${text} NOT NULL,
  PRIMARY KEY (job_id, sequence)
);

CREATE TABLE metric_point (
  position ${position},
  job_id ${text} NOT NULL,
  component ${text} NOT NULL,
  version bigint NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  namespace ${text} NOT NULL,
  name ${text} NOT NULL,
  point_key ${text} NOT NULL,
  point_value ${text} NOT NULL,
  measured_at bigint NOT NULL
);
CREATE INDEX metric_point_of_task
  ON metric_point (job_id, component, version, role, party_id, position);

CREATE TABLE metric_meta (
  position ${position},
  job_id ${text} NOT NULL,
  component ${text} NOT NULL,
  version bigint NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  namespace ${text} NOT NULL,
  name ${text} NOT NULL,
  metric_type ${text} NOT NULL,
  extras ${text} NOT NULL,
  UNIQUE (job_id, component, version, role, party_id, namespace, name)
);

CREATE TABLE task_summary (
  job_id ${text} NOT NULL,
  component ${text} NOT NULL,
  version bigint NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  summary ${text} NOT NULL,
  PRIMARY KEY (job_id, component, version, role, party_id)
);

CREATE TABLE task_output (
  job_id ${text} NOT NULL,
  component ${text} NOT NULL,
  version bigint NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  place bigint NOT NULL,
  data_name ${text} NOT NULL,
  namespace ${text} NOT NULL,
  name ${text} NOT NULL,
  row_count bigint NOT NULL,
  PRIMARY KEY (job_id, component, version, role, party_id, place)
);

CREATE TABLE log_line (
  job_id ${text} NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  number bigint NOT NULL,
  component ${text} NOT NULL,
  logged_at bigint NOT NULL,
  level bigint NOT NULL,
  line ${text} NOT NULL,
  PRIMARY KEY (job_id, role, party_id, number)
);

CREATE TABLE table_entry (
  namespace ${text} NOT NULL,
  name ${text} NOT NULL,
  table_schema ${text} NOT NULL,
  row_count bigint NOT NULL,
  partitions bigint NOT NULL,
  blob_key ${text} NOT NULL,
  digest ${text} NOT NULL,
  byte_count bigint NOT NULL,
  origin ${text} NOT NULL,
  create_time bigint NOT NULL,
  attributes ${text} NOT NULL,
  PRIMARY KEY (namespace, name)
);
CREATE INDEX table_entry_newest ON table_entry (create_time DESC, namespace, name);
CREATE INDEX table_entry_of_namespace ON table_entry (namespace, create_time DESC, name);

CREATE TABLE model_entry (
  position ${position},
  model_version ${text} NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  component ${text} NOT NULL,
  model_id ${text} NOT NULL,
  module ${text} NOT NULL,
  alias ${text} NOT NULL,
  blob_key ${text} NOT NULL,
  digest ${text} NOT NULL,
  create_time bigint NOT NULL,
  UNIQUE (model_version, role, party_id, component)
);
