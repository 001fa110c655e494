package io.fedflow.server.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of FATE's {@code flow} program, by its names. */
enum FlowOption {
  JOB("the job's id", "-j", "--job-id"),
  ROLE("the party's role", "-r", "--role"),
  PARTY("the party's id", "-p", "--party-id"),
  COMPONENT("the component's name", "-cpn", "--component-name"),
  STATUS("only in this status", "-s", "--status"),
  OUTPUT("the folder for what is downloaded", "-o", "--output-path"),
  CONF("the file of the conf", "-c", "--conf-path"),
  DSL("the file of the DSL", "-d", "--dsl-path"),
  TRAIN_DSL("the file of the DSL that trained", "--train-dsl-path"),
  LIMIT("how many at most", "-l", "--limit"),
  ROWS("how many rows of each table; -1 for all", "-l", "--limit"),
  FORCE("run again what ended well, too", "--force"),
  NAMESPACE("the table's namespace", "-n", "--namespace"),
  TABLE("the table's name", "-t", "--table-name"),
  DROP("replace a table of that name", "--drop"),
  CONNECTOR("the connector's name", "--connector-name"),
  MODEL("the model's id", "--model-id"),
  VERSION("the model's version", "--model-version"),
  COMPONENTS("names of components, with commas between", "--cpn-list"),
  COMPONENTS_FILE("a file with such a list", "--cpn-path"),
  DATE("the day of the metrics; only a job says which they are", "-d", "--date"),
  VERBOSE("show how far the upload is", "--verbose"),
  FOLDER("the folder for the examples", "-o", "--output-path"),
  RESULT("the file for the result", "-o", "--output-path"),
  WOE("the file with the weights of evidence", "-i", "--input-path"),
  GUEST("the guest's party id", "-gid", "--guest-party-id"),
  HOSTS("the hosts' party ids, with commas between", "-hids", "--host-party-ids"),
  MODEL_TYPE("which algorithm the model is of", "--model-type"),
  FORMAT("the form of the merged model, such as pmml", "--output-format"),
  TARGET("what the merged model calls the label", "--target-name"),
  HOST_RENAME("name the hosts' columns anew", "--host-rename"),
  GUEST_COEF("take the guest's coefficients along", "--include-guest-coef"),
  MIN_DATA("1 leaves large tables out", "--min-data"),
  TAG("the tag's name", "-t", "--tag-name"),
  DESCRIPTION("the tag's description", "-d", "--tag-desc"),
  NEW_TAG("another name", "--new-tag-name"),
  NEW_DESCRIPTION("another description", "--new-tag-desc"),
  WITH_MODEL("name the tag's models, too", "--with-model"),
  REMOVE("take the tag away", "--remove"),
  STEP_INDEX("the step's number", "--step-index"),
  STEP_NAME("the step's name, in place of its number", "--step-name"),
  STEPS_BY_INDEX("a component's step instead of its end, as name:number", "--cpn-step-index"),
  STEPS_BY_NAME("a component's step instead of its end, as name:step", "--cpn-step-name"),
  PREDICT_DSL("the file of the DSL that predicts", "--dsl-path"),
  FROM_STORE("from the server's folder of models, not from a file", "--from-database"),
  TO_STORE("into the server's folder of models, not into a file", "--to-database"),
  DETAIL("every column", "--detail"),
  PROVIDER("the provider's name", "-n", "--provider-name");

  private static final Map<FlowOption, String> DEFAULTS =
      Map.of(LIMIT, "10", ROWS, "-1", FOLDER, ".");
  private static final Set<FlowOption> FLAGS =
      EnumSet.of(
          FORCE,
          DROP,
          WITH_MODEL,
          REMOVE,
          VERBOSE,
          HOST_RENAME,
          GUEST_COEF,
          FROM_STORE,
          TO_STORE,
          DETAIL);
  private static final Set<FlowOption> REPEATED = EnumSet.of(STEPS_BY_INDEX, STEPS_BY_NAME);
  private static final Set<FlowOption> PATHS =
      EnumSet.of(OUTPUT, CONF, DSL, TRAIN_DSL, PREDICT_DSL, COMPONENTS_FILE, FOLDER, RESULT, WOE);
  private static final Map<FlowOption, List<String>> CHOICES =
      Map.of(
          ROLE,
          List.of("guest", "host", "arbiter", "local"),
          STATUS,
          List.of(
              "success",
              "failed",
              "running",
              "waiting",
              "timeout",
              "canceled",
              "partial",
              "deleted"));

  private final String description;
  private final String[] names;

  FlowOption(String description, String... names) {
    this.description = description;
    this.names = names;
  }

  String description() {
    return description;
  }

  String[] names() {
    return names.clone();
  }

  /** Whether it stands alone. */
  boolean flag() {
    return FLAGS.contains(this);
  }

  /** Whether it can be taken back by {@code --no-}. */
  boolean negatable() {
    return this == HOST_RENAME || this == GUEST_COEF;
  }

  /** Whether it names a file or a folder, which shells complete. */
  boolean path() {
    return PATHS.contains(this);
  }

  /** Whether it may be given several times. */
  boolean repeated() {
    return REPEATED.contains(this);
  }

  /** The only values that it takes; empty for any. */
  List<String> choices() {
    return CHOICES.getOrDefault(this, List.of());
  }

  /** What the routes call it. */
  String field() {
    return names[names.length - 1].substring("--".length()).replace('-', '_');
  }

  /** What holds without it; null for nothing. */
  String silent() {
    return DEFAULTS.get(this);
  }
}
