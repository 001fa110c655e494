package io.fedflow.federation;

import io.fedflow.party.Role;
import java.util.Set;

/**
 * A message that a component may send. The federation refuses messages that are not declared.
 *
 * @param name the tag's name, unique inside the component
 * @param protection in which form it crosses
 * @param keyOwner whose key protects a ciphertext; null for other protections
 * @param from roles that may send it
 * @param to roles that may receive it
 * @param learns one sentence: what the receiver learns from it
 */
public record MessageDeclaration(
    String name,
    Protection protection,
    Role keyOwner,
    Set<Role> from,
    Set<Role> to,
    String learns) {

  /**
   * Copies the sets.
   *
   * @throws IllegalArgumentException if a ciphertext names no key owner, or another protection
   *     names one
   */
  public MessageDeclaration {
    from = Set.copyOf(from);
    to = Set.copyOf(to);
    if ((protection == Protection.CIPHERTEXT) != (keyOwner != null)) {
      throw new IllegalArgumentException(
          "message " + name + ": a key owner belongs to a ciphertext");
    }
  }

  /** A ciphertext under {@code keyOwner}'s key. */
  public static MessageDeclaration ciphertext(
      String name, Role keyOwner, Role from, Role to, String learns) {
    return new MessageDeclaration(
        name, Protection.CIPHERTEXT, keyOwner, Set.of(from), Set.of(to), learns);
  }

  /** A blinded or masked message. */
  public static MessageDeclaration masked(String name, Role from, Role to, String learns) {
    return new MessageDeclaration(name, Protection.MASKED, null, Set.of(from), Set.of(to), learns);
  }

  /** A message in the clear. */
  public static MessageDeclaration open(String name, Role from, Role to, String learns) {
    return new MessageDeclaration(name, Protection.PUBLIC, null, Set.of(from), Set.of(to), learns);
  }
}
