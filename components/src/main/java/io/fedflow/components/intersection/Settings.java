package io.fedflow.components.intersection;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.List;

/** What guest and hosts must have set alike: with other settings no id would ever match. */
sealed interface Settings permits RsaSettings, MaskSettings {

  /** What crosses so that the parties can compare, {@code name=value}; the salt as a hash. */
  List<String> shared();

  /** {@link #shared()} as a message. */
  default Payload toPayload() {
    return Payload.ofTexts(shared());
  }

  /**
   * Compares with a peer's settings.
   *
   * @throws FedflowException {@code intersection.settings} (INVALID) if they differ
   */
  default void requireEqual(Party peer, Payload theirs) {
    List<String> own = shared();
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
