package io.fedflow.storage.sql;

import java.util.Optional;

/** What is written with the first turn of a job at its site. */
@FunctionalInterface
public interface FirstTurns {

  /** Nothing: the database belongs to one process. */
  FirstTurns PLAIN = jobId -> Optional.empty();

  /** The step that makes the owner of a job, and refuses the turn if another has it. */
  Optional<Step> owner(String jobId);
}
