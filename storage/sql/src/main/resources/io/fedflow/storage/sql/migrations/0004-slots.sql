-- Which time of asking granted slots answer.

ALTER TABLE job_view ADD COLUMN slot_round bigint NOT NULL DEFAULT 0;
ALTER TABLE coordination ADD COLUMN ask_round bigint NOT NULL DEFAULT 1;
