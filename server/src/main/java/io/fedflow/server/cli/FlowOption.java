package io.fedflow.server.cli;

import java.util.Map;

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
  TAG("the tag's name", "-t", "--tag-name"),
  DESCRIPTION("the tag's description", "-d", "--tag-desc"),
  NEW_TAG("another name", "--new-tag-name"),
  NEW_DESCRIPTION("another description", "--new-tag-desc"),
  WITH_MODEL("name the tag's models, too", "--with-model"),
  REMOVE("take the tag away", "--remove"),
  STEP_INDEX("the step's number", "--step-index"),
  STEP_NAME("the step's name, in place of its number", "--step-name"),
  PROVIDER("the provider's name", "-n", "--provider-name");

  private static final Map<FlowOption, String> DEFAULTS = Map.of(LIMIT, "10", ROWS, "-1");

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
    return this == FORCE || this == DROP || this == WITH_MODEL || this == REMOVE;
  }

  /** What holds without it; null for nothing. */
  String silent() {
    return DEFAULTS.get(this);
  }
}
