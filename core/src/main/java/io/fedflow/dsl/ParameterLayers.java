package io.fedflow.dsl;

import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who gets which component parameters from where, of either version. */
final class ParameterLayers {

  private final Map<String, ParameterLayer> common;
  private final Map<Party, List<Map<String, ParameterLayer>>> byParty = new HashMap<>();
  private final Function<Party, DocumentNode> home;

  /**
   * Starts with the layer below all others.
   *
   * @param common component to what holds at every party
   * @param home where a conf would write the components of one party; not part of the document
   */
  ParameterLayers(Map<String, ParameterLayer> common, Function<Party, DocumentNode> home) {
    this.common = common;
    this.home = home;
  }

  /** Puts a layer on top of those that a party has so far. */
  void add(Party party, Map<String, ParameterLayer> layer) {
    byParty.computeIfAbsent(party, p -> new ArrayList<>()).add(layer);
  }

  /** A component's layers at a party; later ones win. */
  List<ParameterLayer> of(Party party, String component) {
    List<ParameterLayer> layers = new ArrayList<>();
    if (common.containsKey(component)) {
      layers.add(common.get(component));
    }
    for (Map<String, ParameterLayer> layer : byRole(party)) {
      if (layer.containsKey(component)) {
        layers.add(layer.get(component));
      }
    }
    return layers;
  }

  /** What holds at every party, by component. */
  Map<String, ParameterLayer> common() {
    return common;
  }

  /** What holds at a party because of its role, by component; later layers win. */
  List<Map<String, ParameterLayer>> byRole(Party party) {
    return byParty.getOrDefault(party, List.of());
  }

  /** Where a conf would write a component's parameters for one party. */
  String home(Party party, String component) {
    return home.apply(party).field(component).pointer();
  }
}
