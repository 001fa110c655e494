package io.fedflow.server.cli;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.BlockingFlowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** For which parties of a server a person decides about a job: one, or all that have to. */
final class PendingParties {

  @Option(
      names = "--party",
      paramLabel = "ROLE:ID",
      description = "for this party alone; default every party of the server that has to decide")
  private String party;

  /**
   * A party.
   *
   * @param role its role
   * @param id its id
   */
  record Decider(String role, String id) {
    @Override
    public String toString() {
      return role + ':' + id;
    }
  }

  /** Who has to decide about a job. */
  List<Decider> of(BlockingFlowClient server, String jobId) throws InterruptedException {
    if (party != null) {
      int colon = party.indexOf(':');
      if (colon < 0) {
        throw FedflowException.invalid(
            "party.unknown", "--party: found '" + party + "', expected role:id");
      }
      return List.of(new Decider(party.substring(0, colon), party.substring(colon + 1)));
    }
    Map<String, Object> review = server.review(jobId);
    List<Decider> pending = new ArrayList<>();
    for (Tree each : new Tree(review).at("parties").each()) {
      if (Boolean.TRUE.equals(each.at("approval_pending").value())) {
        pending.add(new Decider(each.at("role").text(), each.at("party_id").text()));
      }
    }
    if (pending.isEmpty()) {
      throw new FedflowException(
          FailureKind.CONFLICT,
          "job.not_pending",
          "job " + jobId + " waits for no approval at this server");
    }
    return pending;
  }
}
