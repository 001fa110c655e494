package io.fedflow.job;

import io.fedflow.job.Wait.Cause;
import io.fedflow.party.Party;

/** How an ended job ended, for people. Pure. */
final class Endings {

  private Endings() {}

  /**
   * What a job ended of.
   *
   * @param status how; terminal
   * @param cause why, as it is stored
   * @param since when, epoch milliseconds
   * @param here whom it is about if the cause names nobody
   */
  static Wait of(String jobId, JobStatus status, String cause, long since, Party here) {
    if (status == JobStatus.SUCCESS) {
      return Wait.ofJob(
          jobId, Cause.ENDED, here, since, "the job ended well", "nothing is left to be done");
    }
    Party party = CauseCode.party(cause).orElse(here);
    Cause code =
        switch (CauseCode.of(cause).orElse("")) {
          case CauseCode.TABLE_UNKNOWN -> Cause.TABLE_MISSING;
          case CauseCode.POLICY_REFUSED -> Cause.PERMISSION_REFUSED;
          case CauseCode.PARTY_UNREACHABLE -> Cause.PEER_UNREACHABLE;
          default -> Cause.ENDED;
        };
    String text = "the job ended as " + status + (cause.isEmpty() ? "" : ": " + cause);
    return Wait.ofJob(jobId, code, party, since, text, remedy(code, status, party));
  }

  private static String remedy(Cause code, JobStatus status, Party party) {
    return switch (code) {
      case TABLE_MISSING ->
          "upload the table at "
              + party
              + " or correct its name and namespace in the conf, then submit the job again";
      case PERMISSION_REFUSED ->
          "ask whoever decides for " + party + " to allow such jobs, then submit it again";
      case PEER_UNREACHABLE ->
          "see that the server of " + party + " runs and can be reached, then submit it again";
      default ->
          status == JobStatus.CANCELED
              ? "run it again if it is still wanted"
              : "look at the log of the job at " + party + ", remove the cause, and run it again";
    };
  }
}
