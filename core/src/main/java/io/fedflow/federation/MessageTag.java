package io.fedflow.federation;

/**
 * Names one message of a task.
 *
 * @param name a declared message name
 * @param suffix tells repeated messages apart, for example {@code 3.0} for iteration 3, batch 0;
 *     may be empty; at most 200 characters
 */
public record MessageTag(String name, String suffix) {

  private static final int MAX = 200;

  /** Checks lengths. */
  public MessageTag {
    if (name.isEmpty() || name.length() > MAX || suffix.length() > MAX) {
      throw new IllegalArgumentException("message tag '" + name + "': 1..200 characters each");
    }
  }

  /** A message sent once. */
  public static MessageTag of(String name) {
    return new MessageTag(name, "");
  }

  /** A repeated message; the parts are joined by dots. */
  public static MessageTag of(String name, int... parts) {
    StringBuilder suffix = new StringBuilder();
    for (int part : parts) {
      suffix.append(suffix.isEmpty() ? "" : ".").append(part);
    }
    return new MessageTag(name, suffix.toString());
  }

  @Override
  public String toString() {
    return suffix.isEmpty() ? name : name + '#' + suffix;
  }
}
