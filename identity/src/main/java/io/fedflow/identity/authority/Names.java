package io.fedflow.identity.authority;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Names of subjects. */
final class Names {

  private static final int MOST = 64;

  private Names() {}

  /** A subject with nothing but a common name, which X.509 allows 64 characters. */
  static X500Name common(String text) {
    return new X500NameBuilder()
        .addRDN(BCStyle.CN, text.length() > MOST ? text.substring(0, MOST) : text)
        .build();
  }
}
