package io.fedflow.transport.http.wire;

/**
 * A route that a server has.
 *
 * @param method the HTTP method
 * @param path its path; parts that vary begin with a colon
 * @param style how it tells that something failed
 * @param state what it does
 * @param note why it does nothing, or what brings it; empty if it works
 */
public record Mounted(String method, String path, Style style, State state, String note) {

  /** What a route does. */
  public enum State {
    /** What it is there for. */
    WORKS,
    /** Nothing, for good. */
    REFUSED,
    /** Nothing so far. */
    PENDING
  }
}
