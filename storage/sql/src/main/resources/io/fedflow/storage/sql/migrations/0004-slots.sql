-- Which time of asking granted slots answer, and which jobs a party has to approve.

ALTER TABLE job_view ADD COLUMN slot_round bigint NOT NULL DEFAULT 0;
ALTER TABLE job_view ADD COLUMN unapproved bigint NOT NULL DEFAULT 0;
ALTER TABLE coordination ADD COLUMN ask_round bigint NOT NULL DEFAULT 1;
