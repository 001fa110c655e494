package io.fedflow.dsl;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ComponentDescriptor.ParameterCheck;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.Problems;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Components that only describe themselves, with a few of the parameters of the real ones. */
final class FakeComponents {

  static final ComponentCatalog CATALOG =
      new ComponentCatalog(
          List.of(
              of("Reader", Set.of(), data(), reader(), List.of(), FakeComponents::needTable),
              of("DataTransform", Set.of("DataIO"), data(), transform()),
              of("Intersection", Set.of(), data(), intersection()),
              of("HeteroFeatureBinning", Set.of(), data(), binning()),
              of("HeteroFeatureSelection", Set.of(), data(), selection()),
              of("HeteroLR", Set.of(), all(), regression(), key(), ParameterCheck.NONE),
              of("Evaluation", Set.of(), all(), evaluation()),
              of("IdMapping", Set.of(), Set.of(new Role("idmapping")), ParameterSchema.empty()),
              of("Upload", Set.of(), Set.of(Role.LOCAL), ParameterSchema.empty())));

  private FakeComponents() {}

  private static Set<Role> data() {
    return Set.of(Role.GUEST, Role.HOST);
  }

  private static Set<Role> all() {
    return Set.of(Role.GUEST, Role.HOST, Role.ARBITER);
  }

  private static List<MessageDeclaration> key() {
    return List.of(
        MessageDeclaration.open("public_key", Role.ARBITER, Role.GUEST, "the public key"));
  }

  private static ParameterSchema reader() {
    return ParameterSchema.builder()
        .any("table", null, "the table", ParameterType.MAP, ParameterType.NULL)
        .build();
  }

  private static void needTable(Params params, String pointer, Problems problems) {
    if (params.isNull("table")) {
      problems.error(pointer + "/table", "missing", null, "an object");
    }
  }

  private static ParameterSchema transform() {
    return ParameterSchema.builder()
        .bool("with_label", false, "whether there is a label")
        .text("label_name", "y", "its column")
        .choice("label_type", "int", List.of("int", "float"), "its type")
        .choice("output_format", "dense", List.of("dense", "sparse"), "the output")
        .build();
  }

  private static ParameterSchema intersection() {
    return ParameterSchema.builder()
        .choice("intersect_method", "rsa", List.of("rsa", "dh", "raw"), "the protocol")
        .build();
  }

  private static ParameterSchema binning() {
    return ParameterSchema.builder()
        .choice("method", "quantile", List.of("quantile", "bucket"), "how to cut")
        .integer("bin_num", 10, 2, null, "how many bins")
        .any("bin_indexes", -1, "which columns", ParameterType.INT, ParameterType.LIST)
        .bool("local_only", false, "guest alone")
        .object(
            "transform_param",
            ParameterSchema.builder().text("transform_type", null, "how to replace").build(),
            "replacement")
        .build();
  }

  private static ParameterSchema selection() {
    return ParameterSchema.builder()
        .any("select_col_indexes", -1, "which columns", ParameterType.INT, ParameterType.LIST)
        .any("filter_methods", List.of(), "filters", ParameterType.LIST)
        .object(
            "unique_param",
            ParameterSchema.builder().number("eps", 1e-5, 0.0, null, "spread").build(),
            "spread filter")
        .object(
            "iv_value_param",
            ParameterSchema.builder().number("value_threshold", 0.0, 0.0, null, "iv").build(),
            "iv filter")
        .build();
  }

  private static ParameterSchema regression() {
    return ParameterSchema.builder()
        .choice("penalty", "l2", List.of("l1", "l2"), "the penalty")
        .number("tol", 1e-4, 0.0, null, "when to stop")
        .number("alpha", 1.0, 0.0, null, "its weight")
        .choice("optimizer", "rmsprop", List.of("sgd", "rmsprop", "adam"), "the optimizer")
        .integer("batch_size", -1, -1, null, "rows per step")
        .number("learning_rate", 0.01, 0.0, null, "the step")
        .integer("max_iter", 100, 1, null, "rounds")
        .choice("early_stop", "diff", List.of("diff", "abs"), "what stops")
        .object(
            "init_param",
            ParameterSchema.builder()
                .choice("init_method", "random_uniform", List.of("zeros", "random_uniform"), "how")
                .bool("fit_intercept", true, "with intercept")
                .build(),
            "the start")
        .object(
            "encrypt_param",
            ParameterSchema.builder()
                .choice("method", "paillier", List.of("paillier"), "the scheme")
                .integer("key_length", 1024, 1024, 4096, "bits")
                .build(),
            "encryption")
        .build();
  }

  private static ParameterSchema evaluation() {
    return ParameterSchema.builder()
        .choice("eval_type", "binary", List.of("binary", "multi", "regression"), "the metrics")
        .bool("need_run", true, "whether to run")
        .build();
  }

  private static Component of(
      String module, Set<String> aliases, Set<Role> roles, ParameterSchema parameters) {
    return of(module, aliases, roles, parameters, List.of(), ParameterCheck.NONE);
  }

  private static Component of(
      String module,
      Set<String> aliases,
      Set<Role> roles,
      ParameterSchema parameters,
      List<MessageDeclaration> messages,
      ParameterCheck check) {
    ComponentDescriptor descriptor =
        new ComponentDescriptor(module, aliases, roles, parameters, messages, Map.of(), check);
    return new Component() {
      @Override
      public ComponentDescriptor descriptor() {
        return descriptor;
      }

      @Override
      public TaskOutputs run(TaskContext context) {
        throw new UnsupportedOperationException(module + " only describes itself");
      }
    };
  }
}
