-- Updates of parameters, what jobs inherit, and who else lists an output table.

ALTER TABLE job_view ADD COLUMN edition bigint NOT NULL DEFAULT 0;
ALTER TABLE job_view ADD COLUMN inheritance ${text} NOT NULL DEFAULT '{}';
ALTER TABLE coordination ADD COLUMN edition bigint NOT NULL DEFAULT 0;
CREATE INDEX task_output_of_table ON task_output (namespace, name);
