package io.fedflow.spi;

import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Whatever runs the jobs that a {@link io.fedflow.pipeline.Pipeline} writes: the engine in this
 * process, or a server somewhere. Thread-safe. All stages fail with a {@link
 * io.fedflow.failure.FedflowException}.
 *
 * <ol>
 *   <li>I1: a submit that completes made exactly one job; one that fails may have made one only if
 *       its failure is of kind UNKNOWN.
 *   <li>I2: documents that cannot run are refused by the submit, with all problems.
 *   <li>I3: {@link #completion} completes once the job ended, well or not, and at any later time
 *       again with the same.
 *   <li>I4: what a job's components made can be read once {@link #completion} completed.
 *   <li>I5: what a component did not make reads as empty; what nobody knows reads as empty or is
 *       refused.
 *   <li>I6: a deploy that completes made another version at all parties, with which predict jobs
 *       run, whatever DSL is submitted with them.
 * </ol>
 */
public interface JobInvoker {

  /**
   * Submits a job.
   *
   * @param dsl the components and their wiring
   * @param conf the runtime conf
   */
  CompletionStage<Invoked> submit(Map<String, Object> dsl, Map<String, Object> conf);

  /**
   * Completes when a job ended.
   *
   * @param initiator the party whose word counts
   */
  CompletionStage<End> completion(String jobId, Party initiator);

  /**
   * Makes a version of a trained model that predicts with some of its components.
   *
   * @param model the trained model
   * @param components names, without those that only read
   */
  CompletionStage<Deployed> deploy(ModelVersion model, List<String> components);

  /**
   * Makes a version of a trained model that predicts with a DSL of its own.
   *
   * @param model the trained model
   * @param predictDsl may hold components that were never trained
   */
  CompletionStage<Deployed> deployDsl(ModelVersion model, Map<String, Object> predictDsl);

  /** The summary of a component; empty if it gave none. */
  CompletionStage<Map<String, Object>> summary(Part part);

  /** What a component learned, as JSON; empty if it learned nothing. */
  CompletionStage<Map<String, Object>> modelParameters(Part part);

  /** Where a component's output tables are stored, by the DSL's names of the outputs. */
  CompletionStage<Map<String, StoredTable>> outputTables(Part part);

  /**
   * The rows of a component's outputs, by the DSL's names of the outputs; outputs without rows are
   * left out.
   *
   * @param limit how many rows of each at most; -1 for all
   */
  CompletionStage<Map<String, Rows>> outputData(Part part, int limit);

  /**
   * A version of a model.
   *
   * @param modelId the pipeline model's id
   * @param version its version
   */
  record ModelVersion(String modelId, String version) {

    /** Refuses null. */
    public ModelVersion {
      Objects.requireNonNull(modelId, "modelId");
      Objects.requireNonNull(version, "version");
    }
  }

  /**
   * A job that was accepted.
   *
   * @param jobId its id
   * @param model what it makes or uses
   * @param boardUrl where to watch it; empty if nowhere
   */
  record Invoked(String jobId, ModelVersion model, String boardUrl) {}

  /**
   * How a job ended.
   *
   * @param status a terminal status
   * @param cause why, unless well; may be empty
   */
  record End(JobStatus status, String cause) {}

  /**
   * A model that predicts.
   *
   * @param model which
   * @param dsl the DSL that it predicts with
   */
  record Deployed(ModelVersion model, Map<String, Object> dsl) {}

  /**
   * A component of a job at one party.
   *
   * @param jobId the job
   * @param component its name in the DSL
   * @param party whose part
   */
  record Part(String jobId, String component, Party party) {}

  /**
   * Where a table is stored.
   *
   * @param namespace 1..191 characters
   * @param name 1..191 characters
   */
  record StoredTable(String namespace, String name) {}

  /**
   * Rows as texts.
   *
   * @param header the names of the columns, the id first
   * @param rows each as long as the header
   */
  record Rows(List<String> header, List<List<String>> rows) {}
}
