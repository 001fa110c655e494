package io.fedflow.components.intersection;

import io.fedflow.component.Params;
import io.fedflow.components.crypto.TextHash;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.List;

/**
 * How an RSA intersection runs; guest and hosts must agree on all but the key's length. Immutable.
 *
 * @param salt appended to every id
 * @param hashName first hash, of id and salt
 * @param finalHashName hash of signatures
 * @param split whether guest and hosts share the signing
 * @param sync whether hosts receive the result
 * @param keyBits length of a modulus
 */
record RsaSettings(
    String salt, String hashName, String finalHashName, boolean split, boolean sync, int keyBits) {

  /** Reads a checked conf. */
  static RsaSettings of(Params params) {
    Params rsa = params.object("rsa_params");
    return new RsaSettings(
        rsa.text("salt"),
        rsa.text("hash_method"),
        rsa.text("final_hash_method"),
        rsa.bool("split_calculation"),
        params.bool("sync_intersect_ids"),
        rsa.integer("key_length"));
  }

  /** What crosses so that the parties can compare; the salt as a hash. */
  Payload toPayload() {
    return Payload.ofTexts(
        List.of(
            "hash_method=" + hashName,
            "final_hash_method=" + finalHashName,
            "split_calculation=" + split,
            "sync_intersect_ids=" + sync,
            "hash of salt=" + TextHash.named("sha256").hex(salt)));
  }

  /**
   * Compares with a peer's settings: with others no id would ever match.
   *
   * @throws FedflowException {@code intersection.settings} (INVALID) if they differ
   */
  void requireEqual(Party peer, Payload theirs) {
    List<String> own = toPayload().asTexts();
    List<String> given = theirs.asTexts();
    if (!own.equals(given)) {
      throw FedflowException.invalid(
          "intersection.settings",
          "intersection parameters differ: "
              + peer
              + " has "
              + given
              + ", this party has "
              + own
              + "; set them in component_parameters.common");
    }
  }
}
