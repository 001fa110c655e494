package io.fedflow.transport.grpc;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong with a connection, for a person: the layers around a reason say nothing. */
final class TlsTrouble {

  private static final String ALERT = "Received fatal alert: ";
  private static final int DEEPEST = 10;

  private TlsTrouble() {}

  /** The reason of a broken connection, seen from either end. */
  static String words(Throwable failure) {
    return tls(failure)
        .orElseGet(
            () ->
                failure.getMessage() == null
                    ? failure.getClass().getSimpleName()
                    : failure.getMessage());
  }

  /** Whether the end of a connection tells its reason. */
  static boolean isExplained(Throwable failure) {
    boolean justEnded = failure instanceof VertxException || failure instanceof IOException;
    return !justEnded || failure instanceof ConnectException || tls(failure).isPresent();
  }

  private static Optional<String> tls(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
      if (at instanceof CertificateException refused) {
        return Optional.of(refused.getMessage());
      }
      if (at instanceof NotSslRecordException) {
        // Its message repeats what the peer sent.
        return Optional.of("the peer does not speak TLS; a server does not if it runs --insecure");
      }
      if (at instanceof SSLException ssl && String.valueOf(ssl.getMessage()).startsWith(ALERT)) {
        String alert = ssl.getMessage().substring(ALERT.length());
        return Optional.of(
            "the peer refused the certificate or the form of TLS of this site (" + alert + ")");
      }
      if (at instanceof SSLException ssl
          && String.valueOf(ssl.getMessage()).startsWith("Empty client certificate chain")) {
        return Optional.of("the peer showed no certificate");
      }
    }
    return Optional.empty();
  }
}
