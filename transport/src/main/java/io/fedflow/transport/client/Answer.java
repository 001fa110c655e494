package io.fedflow.transport.client;

import java.util.List;
import java.util.Map;

/**
 * What a server said, also when it refused: FATE's clients hand every envelope to the caller.
 * Immutable.
 *
 * @param status the HTTP status
 * @param envelope the whole answer: {@code retcode}, {@code retmsg}, and {@code data}, {@code
 *     jobId}, {@code meta} where the route has them
 */
public record Answer(int status, Map<String, Object> envelope) {

  /** Zero if all went well; the HTTP status if the answer has no integer here. */
  public int retcode() {
    return envelope.get("retcode") instanceof Number number ? number.intValue() : status;
  }

  /** {@code success}, or why not. */
  public String retmsg() {
    return Trees.text(envelope.get("retmsg"));
  }

  /** The id of a submitted job; empty if the route has none. */
  public String jobId() {
    return Trees.text(envelope.get("jobId"));
  }

  /** The data as the server sent it; null if there is none. */
  public Object data() {
    return envelope.get("data");
  }

  /** The data as an object; empty if it is none. */
  public Map<String, Object> object() {
    return Trees.object(data());
  }

  /** The data as objects; empty if it is no array. */
  public List<Map<String, Object>> rows() {
    return Trees.objects(data());
  }

  /** Whether the server did as asked. */
  public boolean good() {
    return status == 200 && retcode() == 0;
  }

  /**
   * This answer, if it is good.
   *
   * @throws io.fedflow.failure.FedflowException the refusal, with all problems of documents
   */
  public Answer checked() {
    if (!good()) {
      throw ClientFailures.refusal(status, envelope);
    }
    return this;
  }
}
