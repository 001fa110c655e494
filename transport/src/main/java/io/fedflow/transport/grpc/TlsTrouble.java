package io.fedflow.transport.grpc;

/** What went wrong with TLS, for a person. */
final class TlsTrouble {

  private TlsTrouble() {}

  static String words(Throwable failure) {
    return failure.toString();
  }
}
