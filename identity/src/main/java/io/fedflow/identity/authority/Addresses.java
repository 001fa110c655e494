package io.fedflow.identity.authority;

import io.fedflow.failure.FedflowException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;

/** Addresses in certificates, which are bytes there. */
final class Addresses {

  private Addresses() {}

  static String text(GeneralName name) {
    try {
      return InetAddress.getByAddress(ASN1OctetString.getInstance(name.getName()).getOctets())
          .getHostAddress();
    } catch (UnknownHostException malformed) {
      throw FedflowException.invalid(
          "identity.names", "names of a certificate: found an address of neither 4 nor 16 bytes");
    }
  }
}
