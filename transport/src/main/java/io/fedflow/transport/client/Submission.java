package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import java.util.Map;

/**
 * A job that the server accepted.
 *
 * @param jobId its id
 * @param modelId the model it makes; empty if the server names none
 * @param modelVersion its version
 * @param boardUrl where to watch it
 * @param message {@code success}, or warnings
 */
public record Submission(
    String jobId, String modelId, String modelVersion, String boardUrl, String message) {

  /**
   * Reads an answer of retcode 0.
   *
   * @throws FedflowException {@code job.refused} (INVALID) if its data says that there is no job
   */
  static Submission of(Map<String, Object> envelope) {
    Map<String, Object> data = Trees.object(envelope.get("data"));
    if (data.get("code") instanceof Number code && code.intValue() != 0) {
      throw FedflowException.invalid(
          "job.refused", Trees.text(data.get("message")) + " (code " + code + ")");
    }
    Map<String, Object> model = Trees.object(data.get("model_info"));
    return new Submission(
        Trees.text(envelope.get("jobId")),
        Trees.text(model.get("model_id")),
        Trees.text(model.get("model_version")),
        Trees.text(data.get("board_url")),
        Trees.text(data.get("message")));
  }
}
