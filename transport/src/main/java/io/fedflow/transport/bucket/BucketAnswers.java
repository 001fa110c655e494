package io.fedflow.transport.bucket;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Says in words why a bucket refused. Names the bucket as the operator calls it, and the code of
 * the service; no address, and nothing else of what came back. Stateless.
 */
final class BucketAnswers {

  /** So much of a refusal is read. */
  static final int MOST_BYTES = 16 << 10;

  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,60})</Code>");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

  private BucketAnswers() {}

  /**
   * The failure behind a status that is no success.
   *
   * @param bucket as the operator calls it
   * @param verb what was asked, such as {@code PUT}
   * @param body of the answer; may be cut
   * @param region that the service names; may be null
   */
  static FedflowException refusal(
      String bucket, String verb, int status, String body, String region) {
    Matcher matcher = CODE.matcher(body);
    String code = matcher.find() ? matcher.group(1) : "";
    String told =
        "bucket "
            + bucket
            + " answered "
            + verb
            + " with HTTP "
            + status
            + (code.isEmpty() ? "" : " (" + code + ")");
    if (status >= 300 && status < 400) {
      String place =
          Optional.ofNullable(region)
              .filter(name -> REGION.matcher(name).matches())
              .map(name -> ", it lies in the region " + name)
              .orElse("");
      return peer(
          "bucket.moved",
          told + place + "; redirects are not followed, correct address or region of the bucket");
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return peer("bucket.clock", told + "; correct the clock of this machine");
    }
    return switch (status) {
      case 401, 403 ->
          peer(
              "bucket.forbidden",
              told
                  + "; its keys must be valid, and allowed to get and put objects and to list"
                  + " the bucket");
      case 404 ->
          code.equals("NoSuchBucket")
              ? peer("bucket.unknown", told + "; make the bucket, or correct its name")
              : FedflowException.invalid("bucket.object", told + "; the object is not there");
      case 409, 412 ->
          new FedflowException(
              FailureKind.CONFLICT, "bucket.exists", told + "; the object is there already");
      case 429, 500, 502, 503, 504 ->
          new FedflowException(
              FailureKind.UNAVAILABLE, "bucket.unavailable", told + "; try again later");
      default -> peer("bucket.answer", told);
    };
  }

  /** A request that got no answer, or half of one. */
  static FedflowException unreachable(String bucket, String verb, Throwable failure) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "bucket.unreachable",
        "bucket " + bucket + " gave no whole answer to " + verb + ": " + reason(failure),
        failure);
  }

  /** In words that name no address. */
  private static String reason(Throwable failure) {
    if (failure instanceof SSLException) {
      return "no TLS with it; this machine does not trust its certificate, or it has none";
    }
    if (failure instanceof UnknownHostException) {
      return "its host is unknown";
    }
    if (failure instanceof ConnectException) {
      return "it cannot be reached";
    }
    if (failure instanceof TimeoutException) {
      return "nothing came in time";
    }
    return "the connection broke";
  }

  /** An answer of another form than S3's. */
  static FedflowException odd(String bucket, String verb, String why) {
    return peer("bucket.answer", "bucket " + bucket + ", asked by " + verb + ": " + why);
  }

  private static FedflowException peer(String code, String message) {
    return FedflowException.peer(code, message);
  }
}
