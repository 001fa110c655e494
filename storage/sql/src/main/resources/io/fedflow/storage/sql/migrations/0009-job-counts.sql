-- How many views of jobs there are of each party in each status, kept by triggers: to count a
-- million rows takes longer than a page of them may. SQLite has one row for each; Postgres, where
-- several servers write at once, notes every change as a row of its own, which servers put together
-- now and then, so that none waits for another.

CREATE TABLE job_count (
  role ${text} NOT NULL,
  party_id ${text} NOT NULL,
  status ${text} NOT NULL,
  jobs bigint NOT NULL
);
${sqlite} CREATE UNIQUE INDEX job_count_cell ON job_count (role, party_id, status);
INSERT INTO job_count (role, party_id, status, jobs)
  SELECT role, party_id, status, count(*) FROM job_view GROUP BY role, party_id, status;

${sqlite} CREATE TRIGGER job_count_added AFTER INSERT ON job_view BEGIN
    INSERT INTO job_count (role, party_id, status, jobs) SELECT new.role, new.party_id, new.status, 0 WHERE NOT EXISTS (SELECT 1 FROM job_count WHERE role = new.role AND party_id = new.party_id AND status = new.status); UPDATE job_count SET jobs = jobs + 1 WHERE role = new.role AND party_id = new.party_id AND status = new.status; END;
${sqlite} CREATE TRIGGER job_count_moved AFTER UPDATE OF status ON job_view WHEN old.status <> new.status BEGIN
    INSERT INTO job_count (role, party_id, status, jobs) SELECT new.role, new.party_id, new.status, 0 WHERE NOT EXISTS (SELECT 1 FROM job_count WHERE role = new.role AND party_id = new.party_id AND status = new.status); UPDATE job_count SET jobs = jobs + CASE WHEN status = new.status THEN 1 ELSE -1 END WHERE role = new.role AND party_id = new.party_id AND status IN (old.status, new.status); END;
${sqlite} CREATE TRIGGER job_count_gone AFTER DELETE ON job_view BEGIN
    UPDATE job_count SET jobs = jobs - 1 WHERE role = old.role AND party_id = old.party_id AND status = old.status; END;

${postgres} CREATE FUNCTION job_count_add() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO job_count SELECT role, party_id, status, count(*) FROM added GROUP BY role, party_id, status; RETURN NULL; END $$;
${postgres} CREATE FUNCTION job_count_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO job_count VALUES (OLD.role, OLD.party_id, OLD.status, -1); IF TG_OP = 'UPDATE' THEN INSERT INTO job_count VALUES (NEW.role, NEW.party_id, NEW.status, 1); END IF; RETURN NULL; END $$;
${postgres} CREATE TRIGGER job_count_added AFTER INSERT ON job_view REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION job_count_add();
${postgres} CREATE TRIGGER job_count_moved AFTER UPDATE OF status ON job_view
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION job_count_note();
${postgres} CREATE TRIGGER job_count_gone AFTER DELETE ON job_view
  FOR EACH ROW EXECUTE FUNCTION job_count_note();

-- Parties and statuses together, each in the order of the list: pages of several are merged.
CREATE INDEX job_view_of_cell ON job_view (role, party_id, status, create_time DESC, job_id);
DROP INDEX job_view_of_party;
