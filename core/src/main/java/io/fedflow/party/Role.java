package io.fedflow.party;

/**
 * The part a party plays in a job. The field's standard roles are constants; custom roles (FATE's
 * {@code idmapping}, for example) are legal.
 *
 * @param name lower-case letters, digits, {@code _} or {@code -}; 1..50 characters
 */
public record Role(String name) implements Comparable<Role> {

  /** Owns the labels and receives predictions. */
  public static final Role GUEST = new Role("guest");

  /** Brings features, never sees labels. */
  public static final Role HOST = new Role("host");

  /** Holds the private key and aggregates; has no data. */
  public static final Role ARBITER = new Role("arbiter");

  /** A job of one party alone, such as an upload. */
  public static final Role LOCAL = new Role("local");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is empty, too long or has another character
   */
  public Role {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "role: found '" + name + "', allowed 1..50 lower-case letters, digits, '_' and '-'");
    }
  }

  /** Tells whether a text may name a role. */
  public static boolean isName(String text) {
    if (text == null || text.isEmpty() || text.length() > 50) {
      return false;
    }
    return text.chars()
        .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-');
  }

  @Override
  public int compareTo(Role other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
