package io.fedflow.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow model diff}. */
@Command(
    name = "diff",
    description = {
      "Shows where two versions of a model differ at one party of a server: parameters, what its",
      "components learned, and what was measured. Other parties are not asked."
    })
final class ModelDiffCommand implements Callable<Integer> {

  private static final int WIDTH = 40;

  @Mixin private ServerAddress server;
  @Mixin private Console console;
  @Mixin private ModelOption model;

  @Parameters(index = "2", paramLabel = "OTHER", description = "the version to compare with")
  private String other;

  @Option(
      names = "--other-model",
      paramLabel = "MODEL",
      description = "the id of the model of the other version; by default the same")
  private String otherModel;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "how many changes of each part are shown, 1..1000, default ${DEFAULT-VALUE}")
  private int limit;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> asked = model.arguments();
    asked.put("other_version", other);
    if (otherModel != null) {
      asked.put("other_model_id", otherModel);
    }
    asked.put("limit", limit);
    Tree diff = new Tree(server.blocking().call("/fedflow/v1/models/diff", asked)).at("data");
    console.result(diff.value(), () -> text(diff));
    return 0;
  }

  private static String text(Tree diff) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-40s %-40s %-40s",
            diff.at("one", "role").text() + ':' + diff.at("one", "party_id").text(),
            diff.at("one", "model_version").text(),
            diff.at("other", "model_version").text()));
    part(lines, "parameters", diff.at("parameters"));
    diff.at("components")
        .entries()
        .forEach(
            (name, component) -> {
              String one = component.at("one_module").text();
              String other = component.at("other_module").text();
              String modules =
                  one.equals(other)
                      ? one
                      : (one.isEmpty() ? "nothing" : one)
                          + " / "
                          + (other.isEmpty() ? "nothing" : other);
              part(lines, name + " (" + modules + ')', component);
            });
    part(lines, "metrics", diff.at("metrics"));
    return String.join(System.lineSeparator(), lines);
  }

  private static void part(List<String> lines, String title, Tree part) {
    long changed = (long) part.at("changed").number();
    String largest = part.at("largest", "path").text();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d of %d values differ%s",
            title,
            changed,
            (long) part.at("values").number(),
            largest.isEmpty()
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", numbers by a distance of %.6g, most at %s",
                    part.at("distance").number(),
                    largest)));
    List<Tree> changes = part.at("changes").each();
    for (Tree change : changes) {
      lines.add(
          String.format(
              "  %-38s %-40s %-40s",
              change.at("path").text(), shown(change.at("one")), shown(change.at("other"))));
    }
    if (changes.size() < changed) {
      lines.add("  … and " + (changed - changes.size()) + " more");
    }
  }

  private static String shown(Tree value) {
    String text = value.value() == null ? "-" : value.text();
    return text.length() > WIDTH ? text.substring(0, WIDTH - 1) + '…' : text;
  }
}
