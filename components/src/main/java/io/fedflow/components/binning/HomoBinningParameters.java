package io.fedflow.components.binning;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to {@link HomoFeatureBinning}. */
final class HomoBinningParameters {

  static final String RECURSIVE = "recursive_query";
  static final String SUMMARY = "virtual_summary";

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .choice("method", SUMMARY, List.of(SUMMARY, RECURSIVE), "how columns are cut into bins")
          .integer("sample_bins", 100, 2, 100_000, "points asked about by virtual_summary")
          .integer("max_iter", 100, 1, 100, "most rounds of recursive_query")
          .include(BinningParameters.COLUMNS)
          .build();

  private HomoBinningParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    String type = params.object("transform_param").text("transform_type");
    if (type != null && !type.equalsIgnoreCase(BinningParameters.BIN_NUM)) {
      problems.error(
          pointer + "/transform_param/transform_type",
          "rows of several parties have no weight of evidence",
          type,
          "bin_num or null");
    }
  }
}
