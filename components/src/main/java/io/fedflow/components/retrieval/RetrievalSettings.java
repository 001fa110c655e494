package io.fedflow.components.retrieval;

import io.fedflow.component.Params;
import io.fedflow.components.crypto.TextHash;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.List;

/**
 * How a retrieval runs; both parties must agree. Immutable.
 *
 * @param blocks how many blocks are named, 1 to 1000; 1 shows the wanted rows
 * @param keyBits length of the prime by which ids are matched
 * @param dh how ids are matched beyond that
 * @param targets the host's columns that are wanted, in order; empty for its label
 */
record RetrievalSettings(int blocks, int keyBits, Params dh, List<String> targets) {

  private static final double SCALE = Math.log(500);

  /** Reads a checked conf. */
  static RetrievalSettings of(Params params) {
    double level = params.number(RetrievalParameters.LEVEL);
    boolean direct = level == 0 || params.bool(RetrievalParameters.RAW);
    Params dh = params.object(RetrievalParameters.DH);
    return new RetrievalSettings(
        direct ? 1 : (int) Math.ceil(2 * Math.exp(SCALE * level)),
        params.isUserFed(RetrievalParameters.KEY_SIZE)
            ? params.integer(RetrievalParameters.KEY_SIZE)
            : dh.integer("key_length"),
        dh,
        targets(params));
  }

  private static List<String> targets(Params params) {
    Object given = params.get(RetrievalParameters.TARGETS);
    if (given instanceof String name) {
      return List.of(name);
    }
    return given == null ? List.of() : List.copyOf(params.texts(RetrievalParameters.TARGETS));
  }

  /** Whether the host's label is wanted. */
  boolean wantsLabel() {
    return targets.isEmpty();
  }

  /** How many columns are wanted. */
  int columns() {
    return Math.max(1, targets.size());
  }

  /** What the host compares; it has the names of the columns already, so a hash is enough. */
  Payload toPayload() {
    return Payload.ofTexts(shared());
  }

  /**
   * Compares with the guest's settings.
   *
   * @throws FedflowException {@code retrieval.settings} (INVALID) if they differ
   */
  void requireEqual(Party guest, Payload theirs) {
    List<String> given = theirs.asTexts();
    if (!shared().equals(given)) {
      throw FedflowException.invalid(
          "retrieval.settings",
          "retrieval parameters differ: "
              + guest
              + " has "
              + given
              + ", this party has "
              + shared()
              + "; set them in component_parameters.common");
    }
  }

  private List<String> shared() {
    return List.of(
        "blocks=" + blocks,
        "columns=" + columns(),
        "hash of " + RetrievalParameters.TARGETS + '=' + hash(targets));
  }

  /** Lengths keep apart names that read the same when they are joined. */
  private static String hash(List<String> names) {
    StringBuilder joined = new StringBuilder();
    names.forEach(name -> joined.append(name.length()).append(':').append(name));
    return TextHash.named("sha256").hex(joined.toString());
  }
}
