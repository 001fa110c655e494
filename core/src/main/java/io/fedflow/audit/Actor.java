package io.fedflow.audit;

import java.util.Locale;
import java.util.Optional;

/**
 * Who asked for something. Immutable.
 *
 * @param kind what sort of caller it is
 * @param name the app key of a client that proved it, the id of a party; empty if not known
 * @param address where the request came from; empty if not known
 * @param identity what the caller's certificate names; empty without one
 */
public record Actor(Kind kind, String name, String address, String identity) {

  private static final int MOST = 200;

  /** This site itself. */
  public static final Actor SITE = new Actor(Kind.SITE, "", "", "");

  /** Cuts what is too long. */
  public Actor {
    name = AuditTexts.bounded(name, MOST);
    address = AuditTexts.bounded(address, MOST);
    identity = AuditTexts.bounded(identity, MOST);
  }

  /**
   * A client over HTTP.
   *
   * @param appKey empty if the client proved none
   */
  public static Actor client(String appKey, String address) {
    return new Actor(Kind.CLIENT, appKey, address, "");
  }

  /** Another party's server. */
  public static Actor party(String partyId, String address, String identity) {
    return new Actor(Kind.PARTY, partyId, address, identity);
  }

  /** For people: the kind and all that is known. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.text());
    if (!name.isEmpty()) {
      text.append(' ').append(name);
    }
    if (!address.isEmpty()) {
      text.append(" at ").append(address);
    }
    if (!identity.isEmpty()) {
      text.append(" (").append(identity).append(')');
    }
    return text.toString();
  }

  /** A sort of caller. */
  public enum Kind {
    /** A client of this site. */
    CLIENT,
    /** Another party. */
    PARTY,
    /** The site itself, for example when it reads its policy anew. */
    SITE;

    /** In lower case, as it stands in records. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this text. */
    static Optional<Kind> of(String text) {
      return AuditTexts.constant(values(), Kind::text, text);
    }
  }
}
