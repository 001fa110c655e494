package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a DSL of version 1 or 2; both have one grammar, and differ in which references may be
 * followed. Checks everything that one component alone can have wrong.
 */
final class DslParser {

  /** Longer names would not fit into task ids of 100 characters behind a job id. */
  private static final int MAX_NAME = 70;

  private static final Set<String> DATA_KEYS =
      Set.of("data", "train_data", "validate_data", "test_data", "eval_data");

  private static final Set<String> COMPONENT_KEYS =
      Set.of("module", "input", "output", "provider", "need_deploy", "CodePath");

  private static final Set<String> INPUT_KEYS = Set.of("data", "model", "isometric_model", "cache");

  private static final Set<String> OUTPUT_KEYS = Set.of("data", "model", "cache");

  /** {@code args} and {@code pipeline} begin references that do not name a component. */
  private static final Set<String> RESERVED_NAMES = Set.of("args", "pipeline");

  private final Problems problems;

  private DslParser(Problems problems) {
    this.problems = problems;
  }

  /**
   * The components by name in file order; broken ones are left out or cut down to what is readable.
   */
  static Map<String, DslComponent> parse(DocumentNode dsl, Problems problems) {
    return new DslParser(problems).components(dsl);
  }

  private Map<String, DslComponent> components(DocumentNode dsl) {
    if (!dsl.isPresent()) {
      problems.error(dsl.pointer(), "the DSL is missing", null, "an object with components");
      return Map.of();
    }
    warnUnread(dsl, Set.of("components", "provider"));
    if (!(dsl.value() instanceof Map<?, ?>)) {
      return Map.of();
    }
    dsl.field("provider").text(problems);
    DocumentNode node = dsl.field("components");
    Set<String> names = node.names(problems);
    if (names.isEmpty() && (!node.isPresent() || node.value() instanceof Map<?, ?>)) {
      problems.error(
          node.pointer(),
          "the DSL has no components",
          node.describe(),
          "an object with at least one component");
    }
    Map<String, DslComponent> components = new LinkedHashMap<>(2 * names.size());
    for (String name : names) {
      component(name, node.field(name)).ifPresent(found -> components.put(name, found));
    }
    return components;
  }

  private Optional<DslComponent> component(String name, DocumentNode node) {
    checkName(name, node);
    if (!node.isPresent()) {
      node.wrongType("an object", problems);
    }
    warnUnread(node, COMPONENT_KEYS);
    if (!(node.value() instanceof Map<?, ?>)) {
      return Optional.empty();
    }
    node.field("provider").text(problems);
    DocumentNode input = node.field("input");
    DocumentNode output = node.field("output");
    warnUnread(input, INPUT_KEYS);
    warnUnread(output, OUTPUT_KEYS);
    return Optional.of(
        new DslComponent(
            node,
            name,
            node.field("module").requiredText(problems).orElse(null),
            data(input.field("data")),
            models(input.field("model"), "model"),
            models(input.field("isometric_model"), "isometric_model"),
            references(input.field("cache"), "cache"),
            outputs(output.field("data")),
            outputs(output.field("model")),
            outputs(output.field("cache")),
            needDeploy(node.field("need_deploy"))));
  }

  private void checkName(String name, DocumentNode node) {
    if (name.isEmpty() || name.length() > MAX_NAME || !name.chars().allMatch(DslParser::inName)) {
      problems.error(
          node.pointer(),
          "illegal component name",
          '"' + name + '"',
          "1.." + MAX_NAME + " letters, digits, '_' and '-'");
    } else if (RESERVED_NAMES.contains(name)) {
      problems.error(
          node.pointer(),
          "reserved component name",
          '"' + name + '"',
          "any name but " + RESERVED_NAMES.stream().sorted().toList());
    }
  }

  private static boolean inName(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }

  private List<Reference> data(DocumentNode node) {
    List<Reference> data = new ArrayList<>(1);
    for (String kind : node.names(problems)) {
      DocumentNode list = node.field(kind);
      if (!DATA_KEYS.contains(kind)) {
        problems.warning(
            list.pointer(),
            "unusual data key; the component may not look at it",
            kind,
            "one of " + DATA_KEYS.stream().sorted().toList());
      }
      data.addAll(references(list, kind));
    }
    return data;
  }

  private List<Reference> references(DocumentNode list, String kind) {
    List<DocumentNode> elements = list.elements(problems);
    List<Reference> references = new ArrayList<>(elements.size());
    for (DocumentNode node : elements) {
      node.requiredText(problems)
          .flatMap(text -> reference(node, kind, text, false))
          .ifPresent(references::add);
    }
    return references;
  }

  private List<Reference> models(DocumentNode list, String kind) {
    List<Reference> references = new ArrayList<>();
    for (DocumentNode node : list.elements(problems)) {
      node.requiredText(problems)
          .flatMap(
              text ->
                  text.startsWith("pipeline.")
                      ? reference(node, kind, text.substring("pipeline.".length()), true)
                      : reference(node, kind, text, false))
          .ifPresent(references::add);
    }
    return references;
  }

  private Optional<Reference> reference(
      DocumentNode node, String kind, String text, boolean fromPipeline) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      problems.error(
          node.pointer(),
          "not a reference",
          node.describe(),
          fromPipeline ? "pipeline.<component>.<model>" : "<component>.<output>");
      return Optional.empty();
    }
    return Optional.of(
        new Reference(kind, node, text.substring(0, dot), text.substring(dot + 1), fromPipeline));
  }

  private List<String> outputs(DocumentNode list) {
    List<String> names = list.texts(problems);
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        problems.error(
            list.pointer(), "an output is declared twice", '"' + name + '"', "each name once");
      }
    }
    return names;
  }

  private Boolean needDeploy(DocumentNode node) {
    if (node.value() instanceof Boolean flag) {
      return flag;
    }
    if (node.isPresent()) {
      node.wrongType("true or false", problems);
    }
    return null;
  }

  private void warnUnread(DocumentNode node, Set<String> read) {
    for (String name : node.names(problems)) {
      if (!read.contains(name)) {
        problems.warning(
            node.field(name).pointer(),
            "not read",
            name,
            "one of " + read.stream().sorted().toList());
      }
    }
  }
}
