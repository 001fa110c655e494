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
