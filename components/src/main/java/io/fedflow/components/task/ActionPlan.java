package io.fedflow.components.task;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a component has to do at one party, decided from the kinds of its inputs alone. Immutable.
 *
 * @param action what to do
 * @param table the rows to learn from, or to apply the model to; null only for {@link
 *     Action#NO_DATA}
 * @param validate rows to validate on while and after training; empty unless {@code action} trains
 * @param model the stored model; present for {@link Action#APPLY}, {@link Action#PREDICT} and
 *     {@link Action#WARM_START}, absent for {@link Action#FIT} and {@link Action#TRAIN}
 */
public record ActionPlan(
    Action action, Table table, Optional<Table> validate, Optional<ComponentModel> model) {

  /** What a component can be asked to do. */
  public enum Action {
    /** {@code data} without a model: learn from the rows and apply what was learned to them. */
    FIT,
    /** {@code data} and a model: apply the model. */
    APPLY,
    /** {@code train_data}: train, then predict the rows as {@code train}. */
    TRAIN,
    /** {@code train_data} and a model: go on training from the model. */
    WARM_START,
    /** {@code test_data}, or {@code eval_data} alone, and a model: predict. */
    PREDICT,
    /**
     * No data at this party, which is the rule at an arbiter: the others know what is to be done.
     */
    NO_DATA
  }

  private static final String DATA = "data";
  private static final String TRAIN = "train_data";
  private static final String VALIDATE = "validate_data";
  private static final String EVAL = "eval_data";
  private static final String TEST = "test_data";
  private static final List<String> KINDS = List.of(DATA, TRAIN, VALIDATE, EVAL, TEST);

  /**
   * Decides.
   *
   * @throws FedflowException {@code inputs.mixed}, {@code inputs.model} or {@code inputs.several}
   *     (INVALID) if the inputs do not name one action
   */
  public static ActionPlan of(TaskInputs inputs) {
    Set<String> kinds = present(inputs);
    Optional<ComponentModel> model = inputs.model();
    refuseContradictions(kinds);
    if (kinds.contains(DATA)) {
      Action action = model.isPresent() ? Action.APPLY : Action.FIT;
      return new ActionPlan(action, only(inputs, DATA), Optional.empty(), model);
    }
    if (kinds.contains(TRAIN)) {
      Optional<Table> validate =
          kinds.contains(VALIDATE)
              ? Optional.of(only(inputs, VALIDATE))
              : kinds.contains(EVAL) ? Optional.of(only(inputs, EVAL)) : Optional.empty();
      Action action = model.isPresent() ? Action.WARM_START : Action.TRAIN;
      return new ActionPlan(action, only(inputs, TRAIN), validate, model);
    }
    if (kinds.isEmpty()) {
      return new ActionPlan(Action.NO_DATA, null, Optional.empty(), model);
    }
    String kind = kinds.contains(TEST) ? TEST : EVAL;
    if (model.isEmpty()) {
      throw FedflowException.invalid(
          "inputs.model",
          "input " + kind + " without a model: give the component's model, or train_data");
    }
    return new ActionPlan(Action.PREDICT, only(inputs, kind), Optional.empty(), model);
  }

  /**
   * The first input table in the order data, train, validate, eval, test: what a component hands on
   * when its {@code need_run} is false.
   */
  public static Optional<Table> firstInput(TaskInputs inputs) {
    return KINDS.stream().flatMap(kind -> inputs.first(kind).stream()).findFirst();
  }

  /** What a component hands on whose {@code need_run} is false: its first input and its model. */
  public static TaskOutputs unchanged(TaskInputs inputs) {
    return new TaskOutputs(firstInput(inputs).map(List::of).orElse(List.of()), inputs.model());
  }

  /**
   * Decides for a component that learns from one table, and applies what it learned to others.
   *
   * @param module for messages
   * @return a plan whose {@link #table} has rows: fit or train, or apply or predict
   * @throws FedflowException {@code inputs.missing}, {@code inputs.mixed}, {@code inputs.model},
   *     {@code inputs.several} or {@code inputs.empty} (INVALID)
   */
  public static ActionPlan ofOneTable(TaskInputs inputs, String module) {
    ActionPlan plan = of(inputs);
    if (plan.table() == null) {
      throw FedflowException.invalid("inputs.missing", module + ": found no data, needs one table");
    }
    if (plan.validate().isPresent() || plan.action() == Action.WARM_START) {
      throw FedflowException.invalid(
          "inputs.mixed",
          module
              + ": found train_data with "
              + (plan.validate().isPresent() ? "validation data" : "a model")
              + ", allowed is one table, with the component's model or without");
    }
    return plan.requireRows(module);
  }

  /**
   * Checks that {@link #table} has rows; there are none after an empty intersection.
   *
   * @param module for messages
   * @return this
   * @throws FedflowException {@code inputs.empty} (INVALID) if there is no row
   */
  public ActionPlan requireRows(String module) {
    if (table.rowCount() == 0) {
      throw FedflowException.invalid(
          "inputs.empty", module + ": found a table without rows, needs at least one row");
    }
    return this;
  }

  /** Tells whether rows are learned from: fit, train or warm start. */
  public boolean learns() {
    return action == Action.FIT || action == Action.TRAIN || action == Action.WARM_START;
  }

  /** The {@code type} that prediction rows of {@link #table} carry: {@code train} or predict. */
  public String rowType() {
    return learns() ? "train" : "predict";
  }

  /**
   * Checks the rule of cross-validation and stepwise search: training data and nothing else.
   *
   * @param what the feature's parameter, for the message
   * @throws FedflowException {@code inputs.mixed} (INVALID) if validation data or a model came too
   */
  public void requireTrainingAlone(String what) {
    if (action == Action.NO_DATA && model.isEmpty()) {
      return;
    }
    if (action != Action.TRAIN || validate.isPresent()) {
      throw FedflowException.invalid(
          "inputs.mixed",
          what
              + " runs on train_data alone; found "
              + action
              + (validate.isPresent() ? " with validation data" : "")
              + (model.isPresent() ? " with a model" : ""));
    }
  }

  /**
   * Refuses what a model of labelled rows cannot use: no data at all, and data of kind {@code
   * data}.
   *
   * @param module for the message
   * @throws FedflowException {@code inputs.missing} or {@code inputs.mixed} (INVALID)
   */
  public void requireTrainOrTest(String module) {
    switch (action) {
      case NO_DATA ->
          throw FedflowException.invalid(
              "inputs.missing", module + ": found no data, needs train_data or test_data");
      case FIT, APPLY ->
          throw FedflowException.invalid(
              "inputs.mixed", module + ": found input data, needs train_data or test_data");
      default -> {}
    }
  }

  private static Set<String> present(TaskInputs inputs) {
    Set<String> kinds = new TreeSet<>();
    inputs
        .data()
        .forEach(
            (kind, tables) -> {
              if (!KINDS.contains(kind)) {
                throw FedflowException.invalid(
                    "inputs.mixed", "unknown data kind " + kind + "; allowed are " + KINDS);
              }
              if (!tables.isEmpty()) {
                kinds.add(kind);
              }
            });
    return kinds;
  }

  private static void refuseContradictions(Set<String> kinds) {
    if (kinds.contains(DATA) && kinds.size() > 1) {
      throw mixed(kinds, "data stands alone");
    }
    if (kinds.contains(EVAL) && (kinds.contains(VALIDATE) || kinds.contains(TEST))) {
      throw mixed(kinds, "eval_data stands for validate_data and test_data, give only one");
    }
    if (kinds.contains(VALIDATE) && !kinds.contains(TRAIN)) {
      throw mixed(kinds, "validate_data needs train_data");
    }
    if (kinds.contains(TEST) && kinds.contains(TRAIN)) {
      throw mixed(kinds, "test_data is for a run without training, give validate_data");
    }
  }

  private static FedflowException mixed(Set<String> kinds, String rule) {
    return FedflowException.invalid("inputs.mixed", "inputs " + kinds + ": " + rule);
  }

  private static Table only(TaskInputs inputs, String kind) {
    List<DataInput> tables = inputs.data().get(kind);
    if (tables.size() > 1) {
      throw FedflowException.invalid(
          "inputs.several",
          "input "
              + kind
              + ": found "
              + tables.size()
              + " tables "
              + tables.stream().map(DataInput::source).toList()
              + ", allowed is one");
    }
    return tables.get(0).table();
  }
}
