package io.fedflow.transport.http.wire;

import io.fedflow.failure.FailureKind;

/** How a group of routes tells that something failed. */
public enum Style {
  /** FATE's routes: HTTP 200, the code is in the envelope. */
  FATE,
  /** FATE's downloads: clients take any HTTP 200 for the file, so failures need another status. */
  DOWNLOAD,
  /** Our own routes: the HTTP status tells. */
  PLAIN;

  /** FATE's status for "there is nothing to download". */
  static final int NOTHING = 210;

  /** The answer in this style. */
  Envelope render(Envelope envelope, FailureKind kind, boolean missing) {
    if (envelope.retcode() == Retcode.SUCCESS || envelope.status() != 200) {
      return envelope;
    }
    return switch (this) {
      case FATE -> envelope;
      case DOWNLOAD -> envelope.under(NOTHING);
      case PLAIN -> envelope.under(missing ? 404 : httpStatus(kind));
    };
  }

  private static int httpStatus(FailureKind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case CONFLICT, CANCELLED -> 409;
      case EXHAUSTED -> 429;
      case PEER -> 502;
      case UNAVAILABLE, UNKNOWN -> 503;
      case BUG -> 500;
    };
  }
}
