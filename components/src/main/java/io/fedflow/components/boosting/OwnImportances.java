package io.fedflow.components.boosting;

import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a stored boosting model tells of the importance of a party's own columns. Stateless. */
public final class OwnImportances {

  private OwnImportances() {}

  /**
   * Column to importance; 0 for a column that splits no node. The guest's model tells them as they
   * were measured. A host knows no gains: there they are the numbers of nodes that a column splits.
   *
   * @param stored a model of trees, as {@code self} has it
   */
  public static Map<String, Double> of(ComponentModel stored, Party self) {
    ModelMessage param = stored.param();
    Map<Integer, String> names = param.intMap("feature_name_fid_mapping");
    Map<String, Double> values = new LinkedHashMap<>();
    names.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(column -> values.put(column.getValue(), 0.0));
    List<ModelMessage> importances = param.list("feature_importances");
    if (importances.isEmpty()) {
      for (ModelMessage tree : param.<ModelMessage>list("trees_")) {
        countSplits(TreeCodec.read(tree), self, names, values);
      }
      return values;
    }
    for (ModelMessage importance : importances) {
      boolean elsewhere =
          importance.text("sitename").startsWith("host:") && self.role().equals(Role.GUEST);
      String column = names.get((int) importance.number("fid"));
      if (!elsewhere && column != null) {
        values.put(column, importance.number("importance"));
      }
    }
    return values;
  }

  private static void countSplits(
      Tree tree, Party self, Map<Integer, String> names, Map<String, Double> values) {
    for (TreeNode node : tree.nodes()) {
      if (node.split() != null && node.site().equals(self.toString())) {
        values.computeIfPresent(
            names.getOrDefault(node.split().column(), ""), (name, count) -> count + 1);
      }
    }
  }
}
