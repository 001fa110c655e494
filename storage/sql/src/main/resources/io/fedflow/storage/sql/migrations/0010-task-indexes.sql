-- Tasks come by their job, in whose index they are found already. Every further index took as much
-- of a job's creation as the rows themselves.

DROP INDEX task_view_oldest;
DROP INDEX task_view_of_party;
${postgres} ALTER TABLE task_view DROP CONSTRAINT task_view_pkey;
