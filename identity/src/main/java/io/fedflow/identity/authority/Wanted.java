package io.fedflow.identity.authority;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.PartyNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * What a certificate is to name.
 *
 * @param partyIds the parties that the site acts for, sorted
 * @param relay whether the site forwards for others
 * @param hosts names and addresses of the site's machines; may be empty
 */
public record Wanted(Set<String> partyIds, boolean relay, List<String> hosts) {

  private static final int MOST = 100;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9*]([A-Za-z0-9.-]{0,250})");

  /**
   * Checks all names.
   *
   * @throws FedflowException {@code party.id} or {@code identity.names} naming what was found
   */
  public Wanted {
    partyIds = java.util.Collections.unmodifiableSet(new TreeSet<>(partyIds));
    hosts = List.copyOf(hosts);
    partyIds.forEach(PartyNames::uri);
    if (partyIds.isEmpty() && !relay) {
      throw names("found no party, expected at least one, or a relay");
    }
    if (partyIds.size() + hosts.size() > MOST) {
      throw names("found more than " + MOST + " names, allowed " + MOST);
    }
    for (String host : hosts) {
      if (!ADDRESS.matcher(host).matches() && !NAME.matcher(host).matches()) {
        throw names("found '" + host + "', expected the name or the address of a host");
      }
    }
  }

  /** The names as a certificate holds them. */
  GeneralNames names() {
    List<GeneralName> names = new ArrayList<>();
    for (String id : partyIds) {
      names.add(new GeneralName(GeneralName.uniformResourceIdentifier, PartyNames.uri(id)));
    }
    if (relay) {
      names.add(new GeneralName(GeneralName.uniformResourceIdentifier, PartyNames.RELAY));
    }
    for (String host : hosts) {
      boolean address = ADDRESS.matcher(host).matches();
      try {
        names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
      } catch (IllegalArgumentException malformed) {
        throw names("found '" + host + "', which is no address");
      }
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  /** Reads names back; what is of no known kind is passed over. */
  static Wanted of(GeneralNames names) {
    List<String> uris = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    for (GeneralName name : names.getNames()) {
      switch (name.getTagNo()) {
        case GeneralName.uniformResourceIdentifier -> uris.add(name.getName().toString());
        case GeneralName.dNSName -> hosts.add(name.getName().toString());
        case GeneralName.iPAddress -> hosts.add(Addresses.text(name));
        default -> {}
      }
    }
    return new Wanted(PartyNames.partyIds(uris), uris.contains(PartyNames.RELAY), hosts);
  }

  private static FedflowException names(String why) {
    return FedflowException.invalid("identity.names", "names of a certificate: " + why);
  }
}
