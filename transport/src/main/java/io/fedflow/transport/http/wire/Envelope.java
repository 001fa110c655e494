package io.fedflow.transport.http.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * FATE's envelope. Parts that are null do not appear.
 *
 * @param status the HTTP status
 * @param retcode FATE's return code
 * @param retmsg a message; {@code success} exactly where clients compare it
 * @param jobId the job at top level
 * @param data the payload, a JSON tree
 * @param meta beside the payload, a JSON tree
 * @param heavy whether the payload may be too large to be encoded on an event loop
 */
public record Envelope(
    int status, int retcode, String retmsg, String jobId, Object data, Object meta, boolean heavy)
    implements Answer {

  private static final String SUCCESS = "success";

  /** Success without a payload. */
  public static Envelope ok() {
    return ok(null);
  }

  /** Success with a payload. */
  public static Envelope ok(Object data) {
    return new Envelope(200, Retcode.SUCCESS, SUCCESS, null, data, null, false);
  }

  /** An application error: HTTP 200 with a code. */
  public static Envelope error(int retcode, String message) {
    return new Envelope(200, retcode, message, null, null, null, false);
  }

  /** FATE's error response: the HTTP status is the code. */
  public static Envelope status(int status, String message) {
    return new Envelope(status, status, message, null, null, null, false);
  }

  /** The same with a message. */
  public Envelope message(String message) {
    return new Envelope(status, retcode, message, jobId, data, meta, heavy);
  }

  /** The same with a job at top level. */
  public Envelope job(String id) {
    return new Envelope(status, retcode, retmsg, id, data, meta, heavy);
  }

  /** The same with a payload. */
  public Envelope data(Object tree) {
    return new Envelope(status, retcode, retmsg, jobId, tree, meta, heavy);
  }

  /** The same with something beside the payload. */
  public Envelope meta(Object tree) {
    return new Envelope(status, retcode, retmsg, jobId, data, tree, heavy);
  }

  /** The same under another HTTP status. */
  public Envelope under(int httpStatus) {
    return new Envelope(httpStatus, retcode, retmsg, jobId, data, meta, heavy);
  }

  /** The same, to be encoded away from the event loop. */
  public Envelope large() {
    return new Envelope(status, retcode, retmsg, jobId, data, meta, true);
  }

  /** The JSON object, keys sorted, without nulls. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new TreeMap<>();
    tree.put("retcode", retcode);
    tree.put("retmsg", retmsg);
    putPresent(tree, "jobId", jobId);
    putPresent(tree, "data", data);
    putPresent(tree, "meta", meta);
    return tree;
  }

  private static void putPresent(Map<String, Object> tree, String key, Object value) {
    if (value != null) {
      tree.put(key, value);
    }
  }
}
