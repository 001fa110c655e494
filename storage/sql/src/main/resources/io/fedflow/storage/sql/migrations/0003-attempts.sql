-- Reruns, granted slots, lost attempts, and when a job began to run as a whole.

ALTER TABLE job_view ADD COLUMN rerun_round bigint NOT NULL DEFAULT 0;
ALTER TABLE job_view ADD COLUMN slots bigint NOT NULL DEFAULT 0;
ALTER TABLE task_view ADD COLUMN lost bigint NOT NULL DEFAULT 0;
ALTER TABLE coordination ADD COLUMN rerun_round bigint NOT NULL DEFAULT 0;
ALTER TABLE coordination ADD COLUMN start_time bigint NOT NULL DEFAULT 0;
UPDATE coordination SET start_time = update_time;
