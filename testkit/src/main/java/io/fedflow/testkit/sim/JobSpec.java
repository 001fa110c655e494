package io.fedflow.testkit.sim;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import java.util.Map;

/**
 * A job that a world is to run.
 *
 * @param name for the story
 * @param documents what is submitted
 * @param initiator where
 * @param scripts what its components do
 * @param outcome how it ends if it is left alone
 */
record JobSpec(
    String name,
    JobDocuments documents,
    Party initiator,
    Map<String, Script> scripts,
    JobStatus outcome) {}
