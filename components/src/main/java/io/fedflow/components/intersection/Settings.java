package io.fedflow.components.intersection;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.List;

/** What guest and hosts must have set alike: with other settings no id would ever match. */
sealed interface Settings permits RsaSettings, MaskSettings {

  /** What crosses so that the parties can compare, {@code name=value}; the salt as a hash. */
  List<String> shared();

  /** The protocol: rsa, dh or ecdh. */
  String method();

  /** Those of a cache, for a run on it. */
  Settings forRun(boolean synced);

  /** What the run has to do with a cache. */
  CacheUse cache();

  /** Whether rows are matched by another column than their id. */
  boolean matchIds();

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
              + (cache() == CacheUse.USED || given.contains("cache=" + CacheUse.USED)
                  ? "; give all parties the caches of one and the same task"
                  : "; set them in component_parameters.common"));
    }
  }
}
