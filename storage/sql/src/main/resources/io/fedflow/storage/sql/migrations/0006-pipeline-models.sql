-- Versions of pipeline models that no job of this site trained, or that changed since.

CREATE TABLE pipeline_model (
  position ${position},
  model_version ${text} NOT NULL,
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  model_id ${text} NOT NULL,
  document ${text} NOT NULL,
  UNIQUE (model_version, role, party_id)
);
