package io.fedflow.spi;

import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.List;
import java.util.Locale;

/**
 * What a party is asked to do with a stored model. Immutable.
 *
 * @param command what
 * @param modelId the model's id
 * @param modelVersion the version that it is done with
 * @param initiator the party for which it is done: whose model it is, or will be
 * @param parties who takes part in the model, or will
 * @param modules the modules of the components that predict
 */
public record ModelAsked(
    Command command,
    String modelId,
    String modelVersion,
    Party initiator,
    Parties parties,
    List<String> modules) {

  /** Copies the list. */
  public ModelAsked {
    modules = List.copyOf(modules);
  }

  /** A command. */
  public enum Command {
    /** To make a version that predicts. */
    DEPLOY,
    /** To load a version for online inference. */
    LOAD,
    /** To make a version for other parties. */
    MIGRATE;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
