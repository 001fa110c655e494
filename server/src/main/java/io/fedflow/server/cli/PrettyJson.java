package io.fedflow.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes JSON for people: one entry a line, two spaces a level. */
final class PrettyJson {

  private PrettyJson() {}

  static String write(Object tree) {
    return text(new Tree(tree), "\n") + '\n';
  }

  private static String text(Tree tree, String line) {
    String deeper = line + "  ";
    List<String> parts = new ArrayList<>();
    if (tree.value() instanceof Map<?, ?>) {
      tree.entries()
          .forEach((key, each) -> parts.add(Documents.write(key) + ": " + text(each, deeper)));
      return parts.isEmpty() ? "{}" : '{' + deeper + String.join(',' + deeper, parts) + line + '}';
    }
    if (tree.value() instanceof List<?>) {
      tree.each().forEach(each -> parts.add(text(each, deeper)));
      return parts.isEmpty() ? "[]" : '[' + deeper + String.join(',' + deeper, parts) + line + ']';
    }
    return Documents.write(tree.value());
  }
}
