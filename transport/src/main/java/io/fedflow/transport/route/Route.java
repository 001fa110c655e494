package io.fedflow.transport.route;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way to a party. A party is addressed, not a server: whichever of its servers answers will do.
 * Immutable.
 *
 * @param addresses where its servers listen, the preferred one first; 1..{@link #MOST_ADDRESSES},
 *     none twice
 * @param identity whom the certificate there must be; empty for whoever may answer for the party
 */
public record Route(List<SiteAddress> addresses, Optional<RoutePin> identity) {

  /** More servers than any party has; each may cost a connect timeout. */
  public static final int MOST_ADDRESSES = 16;

  /**
   * Copies and checks the list.
   *
   * @throws IllegalArgumentException if it is empty, too long, or names an address twice
   */
  public Route {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty() || addresses.size() > MOST_ADDRESSES) {
      throw new IllegalArgumentException(
          "addresses: found " + addresses.size() + ", allowed 1.." + MOST_ADDRESSES);
    }
    if (new HashSet<>(addresses).size() < addresses.size()) {
      throw new IllegalArgumentException("addresses: found one twice in " + addresses);
    }
  }

  /** A way to whoever may answer for the party. */
  public Route(List<SiteAddress> addresses) {
    this(addresses, Optional.empty());
  }

  /** The way to a party with one server. */
  public static Route to(SiteAddress address) {
    return new Route(List.of(address));
  }

  /** The addresses, for people: {@code a:1 or b:2}, and the identity if there is one. */
  @Override
  public String toString() {
    String all = addresses.stream().map(SiteAddress::toString).collect(Collectors.joining(" or "));
    return all + identity.map(pin -> " (" + pin + ')').orElse("");
  }
}
