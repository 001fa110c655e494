package io.fedflow.policy;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterSpec;
import io.fedflow.failure.Problems;
import io.fedflow.failure.ProblemsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a policy from its JSON tree. Unknown keys are refused like wrong values: half a rule
 * protects nobody. Names of components may be aliases. Not thread-safe.
 */
public final class PolicyReader {

  private static final int VERSION = 1;
  private static final int MOST_RULES = 1000;
  private static final int MOST_NAME = 100;
  private static final List<String> TYPES =
      List.of(
          PartnersRule.TYPE,
          ComponentsRule.TYPE,
          ParameterRule.TYPE,
          DatasetsRule.TYPE,
          KeySizesRule.TYPE,
          MinRowsRule.TYPE,
          ApproveRule.TYPE);

  private final ComponentCatalog catalog;
  private final Problems problems = new Problems();
  private final Set<String> names = new HashSet<>();

  private PolicyReader(ComponentCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Reads a policy.
   *
   * @param tree the file's JSON tree
   * @param catalog the components that rules may name
   * @throws ProblemsException with everything that is wrong
   */
  public static SitePolicy read(Object tree, ComponentCatalog catalog) {
    PolicyReader reader = new PolicyReader(catalog);
    SitePolicy policy = reader.policy(tree);
    reader.problems.throwIfAny();
    return policy;
  }

  private SitePolicy policy(Object tree) {
    PolicyNode root = new PolicyNode("policy", tree, problems);
    root.keys("version", "rules");
    root.number("version", VERSION, VERSION, true);
    List<PolicyRule> rules = new ArrayList<>();
    List<PolicyNode> given = root.objects("rules", true, MOST_RULES);
    given.forEach(each -> rule(each).ifPresent(rules::add));
    return new SitePolicy(rules);
  }

  private Optional<PolicyRule> rule(PolicyNode node) {
    String name = node.text("name", true, MOST_NAME);
    if (!name.isEmpty() && !names.add(name)) {
      node.wrong("name", "used twice", name, "another name");
    }
    String type = node.text("type", true, MOST_NAME);
    switch (type) {
      case PartnersRule.TYPE:
        node.keys("name", "type", "roles", "allow", "deny");
        node.requireOneOf("allow", "deny");
        return Optional.of(
            new PartnersRule(name, node.texts("roles"), node.texts("allow"), node.texts("deny")));
      case ComponentsRule.TYPE:
        node.keys("name", "type", "allow", "deny");
        node.requireOneOf("allow", "deny");
        return Optional.of(new ComponentsRule(name, modules(node, "allow"), modules(node, "deny")));
      case ParameterRule.TYPE:
        return Optional.of(parameter(name, node));
      case DatasetsRule.TYPE:
        node.keys("name", "type", "allow");
        return Optional.of(
            new DatasetsRule(
                name, node.objects("allow", true, MOST_RULES).stream().map(this::entry).toList()));
      case KeySizesRule.TYPE:
        node.keys("name", "type", "paillier", "rsa");
        node.requireOneOf("paillier", "rsa");
        return Optional.of(
            new KeySizesRule(
                name,
                (int) node.number("paillier", 0, 65_536, false),
                (int) node.number("rsa", 0, 65_536, false)));
      case MinRowsRule.TYPE:
        node.keys("name", "type", "rows", "tables");
        return Optional.of(
            new MinRowsRule(name, node.number("rows", 1, Long.MAX_VALUE, true), tables(node, "*")));
      case ApproveRule.TYPE:
        node.keys("name", "type", "initiators", "components", "tables");
        return Optional.of(
            new ApproveRule(
                name, node.texts("initiators"), modules(node, "components"), tables(node, "")));
      default:
        if (!type.isEmpty()) {
          node.wrong("type", "no such rule", type, "one of " + TYPES);
        }
        return Optional.empty();
    }
  }

  private PolicyRule parameter(String name, PolicyNode node) {
    node.keys("name", "type", "component", "parameter", "parties", "min", "max", "one_of");
    node.requireOneOf("min", "max", "one_of");
    String component = node.text("component", true, MOST_NAME);
    String parameter = node.text("parameter", true, 200);
    String parties = node.text("parties", false, MOST_NAME);
    if (!parties.isEmpty() && !parties.equals("own") && !parties.equals("all")) {
      node.wrong("parties", "no such choice", parties, "own or all");
    }
    if (!component.isEmpty() && !component.equals(ParameterRule.EVERY)) {
      component = module(node, "component", component);
      catalog
          .find(component)
          .filter(found -> !has(found.descriptor().parameters(), parameter))
          .ifPresent(
              found ->
                  node.wrong(
                      "parameter",
                      "the component has no such parameter",
                      parameter,
                      "one of " + found.descriptor().parameters().names()));
    }
    return new ParameterRule(
        name,
        component,
        parameter,
        parties.equals("all"),
        node.decimal("min"),
        node.decimal("max"),
        node.scalars("one_of"));
  }

  private static boolean has(ParameterSchema schema, String path) {
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    Optional<ParameterSpec> spec =
        schema.specs().stream().filter(each -> each.name().equals(first)).findFirst();
    if (dot < 0 || spec.isEmpty()) {
      return spec.isPresent();
    }
    // What is below a free object is not declared.
    return spec.get().nested() == null || has(spec.get().nested(), path.substring(dot + 1));
  }

  private DatasetsRule.Entry entry(PolicyNode node) {
    node.keys("tables", "partners", "components");
    if (node.texts("tables").isEmpty()) {
      node.wrong("tables", "missing", null, "names of tables as namespace.name, * for any text");
    }
    return new DatasetsRule.Entry(
        tables(node, ""), node.texts("partners"), modules(node, "components"));
  }

  private static List<NamePattern> tables(PolicyNode node, String fallback) {
    Set<String> given = node.texts("tables");
    if (given.isEmpty()) {
      return fallback.isEmpty() ? List.of() : List.of(NamePattern.of(fallback));
    }
    return given.stream().map(NamePattern::of).toList();
  }

  private Set<String> modules(PolicyNode node, String key) {
    Set<String> modules = new LinkedHashSet<>();
    node.texts(key).forEach(each -> modules.add(module(node, key, each)));
    return modules;
  }

  private String module(PolicyNode node, String key, String given) {
    return catalog
        .find(given)
        .map(found -> found.descriptor().module())
        .orElseGet(
            () -> {
              node.wrong(key, "no such component", given, "one of " + catalog.names());
              return given;
            });
  }
}
