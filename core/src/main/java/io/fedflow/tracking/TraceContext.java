package io.fedflow.tracking;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where something stands in the trace of its job, in the terms of W3C Trace Context. A job's trace
 * follows from its id alone, so all parties name it alike without having told one another, and
 * after a restart too. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero; the same for all of a job
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceContext(String traceId, String spanId) {

  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /** The job as a whole. */
  public static TraceContext ofJob(String jobId) {
    return new TraceContext(
        hex("fedflow trace " + jobId, TRACE_BYTES), hex("fedflow job " + jobId, SPAN_BYTES));
  }

  /** One party's part of an attempt of a task. */
  public static TraceContext ofAttempt(TaskId task, Party party) {
    return new TraceContext(
        ofJob(task.jobId()).traceId, hex("fedflow attempt " + task + ' ' + party, SPAN_BYTES));
  }

  /** The value of the header {@code traceparent}: version 00, sampled. */
  public String traceparent() {
    return "00-" + traceId + '-' + spanId + "-01";
  }

  /** The first bytes of a digest; that all of them are zero happens to nobody. */
  private static String hex(String name, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, bytes));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
