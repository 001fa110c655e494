package io.fedflow.components.toy;

import io.fedflow.component.ParameterSchema;

/** What SecureAddExample accepts in a conf. */
final class SecureAddParameters {

  /** Three arrays of this length must fit the memory beside other work. */
  private static final int MOST_ROWS = 1_000_000;

  private static final int MOST_PARTITIONS = 1000;

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .integer(
              "seed",
              null,
              null,
              null,
              "null draws the shares from the system's entropy; a number makes them the same in"
                  + " every run, so that whoever sees the conf can undo them")
          .integer("partition", 1, 1, MOST_PARTITIONS, "into how many pieces the rows are cut")
          .integer("data_num", 1000, 1, MOST_ROWS, "how many rows each party makes")
          .build();

  private SecureAddParameters() {}
}
