package io.fedflow.components.pipeline;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSpec;
import io.fedflow.component.ParameterType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the source of a typed component from its descriptor. */
final class ComponentClass {

  /** Methods of the base class, and words of the language. */
  private static final Set<String> TAKEN =
      Set.of("name", "module", "outputs", "provider", "parameter", "at", "default", "class");

  private static final Map<ParameterType, String> JAVA = new EnumMap<>(ParameterType.class);
  private static final Map<ParameterType, String> BOXED = new EnumMap<>(ParameterType.class);

  static {
    JAVA.put(ParameterType.BOOL, "boolean");
    JAVA.put(ParameterType.INT, "long");
    JAVA.put(ParameterType.NUMBER, "double");
    JAVA.put(ParameterType.TEXT, "String");
    JAVA.put(ParameterType.LIST, "List<?>");
    JAVA.put(ParameterType.MAP, "Map<String, ?>");
    BOXED.putAll(JAVA);
    BOXED.put(ParameterType.BOOL, "Boolean");
    BOXED.put(ParameterType.INT, "Long");
    BOXED.put(ParameterType.NUMBER, "Double");
  }

  private final ComponentDescriptor descriptor;
  private final String provider;
  private final String outputs;

  /**
   * A class to be written.
   *
   * @param provider who provides the module in FATE
   * @param outputs the constant of {@code ComponentOutputs}
   */
  ComponentClass(ComponentDescriptor descriptor, String provider, String outputs) {
    this.descriptor = descriptor;
    this.provider = provider;
    this.outputs = outputs;
  }

  /** The source; its layout is the formatter's business. */
  String source() {
    StringBuilder methods = new StringBuilder();
    descriptor.parameters().specs().forEach(spec -> methods.append(method(spec)));
    Set<String> imports = new TreeSet<>();
    imports.add("io.fedflow.pipeline.ComponentOutputs");
    imports.add("io.fedflow.pipeline.PipelineComponent");
    if (methods.indexOf("List<") >= 0) {
      imports.add("java.util.List");
    }
    if (methods.indexOf("Map<") >= 0) {
      imports.add("java.util.Map");
    }
    String module = descriptor.module();
    return "package io.fedflow.components.pipeline;\n\n"
        + imports.stream().map(each -> "import " + each + ";\n").collect(Collectors.joining())
        + "\n/** {@code "
        + module
        + "} in a pipeline. Not thread-safe. */\npublic final class "
        + module
        + " extends PipelineComponent {\n\n  /** A component of this name, without parameters. */\n"
        + "  public "
        + module
        + "(String name) {\n    super(name, \""
        + module
        + "\", ComponentOutputs."
        + outputs
        + ");\n    provider(\""
        + provider
        + "\");\n  }\n"
        + methods
        + "}\n";
  }

  private String method(ParameterSpec spec) {
    return "\n  /** Sets {@code "
        + spec.name()
        + "}: "
        + javadoc(spec.description())
        + ". Takes "
        + javadoc(spec.allowed())
        + javadoc(silent(spec))
        + ". */\n  public "
        + descriptor.module()
        + ' '
        + methodName(spec.name())
        + '('
        + type(spec)
        + " value) {\n    parameter(\""
        + spec.name()
        + "\", value);\n    return this;\n  }\n";
  }

  private static String silent(ParameterSpec spec) {
    if (spec.nested() != null) {
      return "";
    }
    return "; "
        + (spec.defaultValue() instanceof String text ? '"' + text + '"' : spec.defaultValue())
        + " if not set";
  }

  private static String type(ParameterSpec spec) {
    if (spec.nested() != null) {
      return "Map<String, ?>";
    }
    EnumSet<ParameterType> types = EnumSet.copyOf(spec.types());
    boolean nullable = types.remove(ParameterType.NULL);
    if (types.size() != 1) {
      return "Object";
    }
    return (nullable ? BOXED : JAVA).get(types.iterator().next());
  }

  private static String methodName(String parameter) {
    StringBuilder camel = new StringBuilder();
    for (String word : parameter.split("_")) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return TAKEN.contains(camel.toString()) ? camel + "Parameter" : camel.toString();
  }

  private static String javadoc(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;");
  }
}
