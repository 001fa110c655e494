package io.fedflow.components.selection;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The models of other components that filters read values from. */
enum MeasureModel {
  /** Statistics of a party's own columns. */
  STATISTICS("DataStatistics", Set.of()),
  /** Information values. */
  BINNING("HeteroFeatureBinning", Set.of()),
  /** Stability indexes of a party's own columns. */
  STABILITY("PSI", Set.of()),
  /** Correlations and variance inflation factors. */
  CORRELATIONS("HeteroPearson", Set.of()),
  /** Trees that all parties grow together. */
  TREES("HeteroSecureBoost", Set.of("hetero_sbt")),
  /** Trees whose nodes or levels belong to one party each. */
  FAST_TREES("HeteroSecureBoost", Set.of("hetero_fast_sbt_mix", "hetero_fast_sbt_layered")),
  /** Trees over the rows of several parties. */
  HOMO_TREES("HomoSecureBoost", Set.of("homo_sbt"));

  private static final String NAME = "model_name";

  private final String module;
  private final Set<String> names;

  /**
   * A kind of models.
   *
   * @param names the {@code model_name} that models of the kind have; empty if the module says all
   */
  MeasureModel(String module, Set<String> names) {
    this.module = module;
    this.names = names;
  }

  /** The modules of all kinds, by every name that their models may carry. */
  static Set<String> modules() {
    Set<String> modules =
        Arrays.stream(values()).map(kind -> kind.module).collect(Collectors.toSet());
    // The other name of HeteroSecureBoost, which models from elsewhere may carry.
    modules.add("HeteroFastSecureBoost");
    return modules;
  }

  /**
   * The model of this kind among a task's isometric models; empty if there is none.
   *
   * @throws FedflowException {@code selection.isometric} (INVALID) if there are several
   */
  Optional<ComponentModel> in(TaskContext context) {
    List<ComponentModel> found =
        context.inputs().isometric().stream().filter(this::describes).toList();
    if (found.size() > 1) {
      throw FedflowException.invalid(
          "selection.isometric",
          "isometric_model: found "
              + found.stream().map(ComponentModel::component).toList()
              + ", allowed is one model of "
              + wanted());
    }
    return found.stream().findFirst();
  }

  /**
   * The same, where a filter cannot do without.
   *
   * @param filter its name, for the message
   * @throws FedflowException {@code selection.isometric} (INVALID) if there is not exactly one
   */
  ComponentModel of(TaskContext context, String filter) {
    return in(context)
        .orElseThrow(
            () ->
                FedflowException.invalid(
                    "selection.isometric",
                    "filter "
                        + filter
                        + " needs one isometric_model of "
                        + wanted()
                        + "; found models of "
                        + context.inputs().isometric().stream()
                            .map(model -> model.module() + " (" + model.component() + ")")
                            .toList()));
  }

  private boolean describes(ComponentModel model) {
    if (names.isEmpty()) {
      return model.module().equals(module);
    }
    // The same module makes models of several kinds, which tell theirs.
    return model.endingWith("Param").filter(param -> names.contains(param.text(NAME))).isPresent();
  }

  private String wanted() {
    return names.isEmpty()
        ? module
        : module + " with model_name " + names.stream().sorted().toList();
  }
}
