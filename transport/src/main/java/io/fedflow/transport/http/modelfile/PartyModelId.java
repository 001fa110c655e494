package io.fedflow.transport.http.modelfile;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;

/**
 * FATE's name of a model at one party: {@code guest#9999#guest-9999#host-10000#model}. Immutable.
 *
 * @param party whose part
 * @param modelId the id that all parties share
 */
public record PartyModelId(Party party, String modelId) {

  /**
   * Reads a name.
   *
   * @throws FedflowException {@code model.id} (INVALID)
   */
  public static PartyModelId parse(String text) {
    String[] parts = text.split("#", 3);
    if (parts.length == 3) {
      try {
        return new PartyModelId(Party.of(parts[0], parts[1]), parts[2]);
      } catch (IllegalArgumentException wrong) {
        throw FedflowException.invalid("model.id", "model_id: " + wrong.getMessage());
      }
    }
    throw FedflowException.invalid(
        "model.id",
        "model_id: found a text of "
            + parts.length
            + " parts between '#', allowed <role>#<party id>#<model id>");
  }

  @Override
  public String toString() {
    return party.role().name() + '#' + party.id() + '#' + modelId;
  }
}
