package io.fedflow.identity;

import io.fedflow.party.Party;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How a certificate names parties: as alternative names that are URIs. */
public final class PartyNames {

  /** The URI of a server that forwards for others. */
  public static final String RELAY = "fedflow://relay";

  private static final String PARTY = "fedflow://party/";
  private static final int URI_TYPE = 6;

  private PartyNames() {}

  /**
   * The URI of a party.
   *
   * @throws io.fedflow.failure.FedflowException {@code party.id} if the id may be none
   */
  public static String uri(String partyId) {
    return PARTY + Party.requireId(partyId);
  }

  /** The party ids among URIs, sorted; what names no party is passed over. */
  public static Set<String> partyIds(Collection<String> uris) {
    Set<String> ids = new TreeSet<>();
    for (String uri : uris) {
      if (uri.startsWith(PARTY) && Party.isId(uri.substring(PARTY.length()))) {
        ids.add(uri.substring(PARTY.length()));
      }
    }
    return ids;
  }

  /**
   * The alternative names of a certificate that are URIs.
   *
   * @throws CertificateParsingException if they cannot be read
   */
  static List<String> uris(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<String> uris = new ArrayList<>();
    if (names != null) {
      for (List<?> name : names) {
        if (name.get(0).equals(URI_TYPE)) {
          uris.add((String) name.get(1));
        }
      }
    }
    return uris;
  }
}
