package io.fedflow.party;

import io.fedflow.failure.FedflowException;

/**
 * One participant of a job: a role and the id of the organisation that plays it. The same
 * organisation may play two roles in one job; these are two parties.
 *
 * @param role the role
 * @param id the organisation's party id as text, 1..50 letters, digits, {@code _}, {@code -} or
 *     {@code .}
 */
public record Party(Role role, String id) implements Comparable<Party> {

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if the id is empty, too long or has another character
   */
  public Party {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "party id: found '" + id + "', allowed 1..50 letters, digits, '_', '-' and '.'");
    }
  }

  /** A party from plain texts. */
  public static Party of(String role, String id) {
    return new Party(new Role(role), id);
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException if the text is not {@code role:id}
   */
  public static Party parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("party: found '" + text + "', expected role:id");
    }
    return of(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * Checks an id that somebody gave.
   *
   * @return the id
   * @throws FedflowException {@code party.id} if it may be none
   */
  public static String requireId(String text) {
    if (!isId(text)) {
      throw FedflowException.invalid(
          "party.id",
          "party_id: found '"
              + text
              + "', allowed 1..50 letters, digits, '_', '-' and '.', no '.' first");
    }
    return text;
  }

  /** Tells whether a text may be a party id. */
  public static boolean isId(String text) {
    if (text == null || text.isEmpty() || text.length() > 50 || text.startsWith(".")) {
      return false;
    }
    return text.chars()
        .allMatch(
            c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '-'
                    || c == '.');
  }

  /** An id as JSON documents hold it: a number if it reads back as the same text, else a text. */
  public static Object documentId(String id) {
    return id.matches("0|[1-9][0-9]{0,17}") ? (Object) Long.valueOf(id) : id;
  }

  @Override
  public int compareTo(Party other) {
    int byRole = role.compareTo(other.role);
    return byRole != 0 ? byRole : id.compareTo(other.id);
  }

  /** {@code role:id}. */
  @Override
  public String toString() {
    return role.name() + ':' + id;
  }
}
