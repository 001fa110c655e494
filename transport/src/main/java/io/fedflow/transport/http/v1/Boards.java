package io.fedflow.transport.http.v1;

import io.fedflow.party.Party;

/** Addresses of the board's pages. */
final class Boards {

  private Boards() {}

  /** The page of a job as one party sees it. */
  static String url(String base, String jobId, Party party) {
    return base + "/#/job/" + jobId + "?role=" + party.role().name() + "&party_id=" + party.id();
  }
}
