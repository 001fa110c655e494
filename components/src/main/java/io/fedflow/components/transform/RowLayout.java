package io.fedflow.components.transform;

import io.fedflow.component.Params;
import java.util.List;
import java.util.Locale;

/**
 * How a raw row is laid out, and how instances are to look. Immutable.
 *
 * @param form what the cells of a row are
 * @param tagsWithValues form TAG: whether a cell is a tag and its value
 * @param tagDelimiter form TAG with values: what stands between tag and value; not empty
 * @param sparseOutput whether values nearer to 0 than {@link #EPSILON} become 0. Tables hold all
 *     values either way, so this saves no memory.
 */
record RowLayout(Form form, boolean tagsWithValues, String tagDelimiter, boolean sparseOutput) {

  /** What a sparse vector does not hold. */
  static final double EPSILON = 1e-8;

  private static final String SPARSE = "sparse";

  /** What the cells of a row are. */
  enum Form {
    /** One cell for each column of the header. */
    DENSE,
    /** {@code index:value}, as in SVMlight files. */
    SPARSE,
    /** The tags that a row has, with or without values. */
    TAG;

    /** The names a conf may use. */
    static final List<String> NAMES = List.of("dense", "sparse", "tag");

    static Form of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in confs and models. */
    String spoken() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads a checked conf. */
  static RowLayout of(Params params) {
    return new RowLayout(
        Form.of(params.text("input_format")),
        params.bool("tag_with_value"),
        params.text("tag_value_delimitor"),
        params.text("output_format").equals(SPARSE));
  }

  /** Reads what a model stored; models of other makers may leave texts empty. */
  static RowLayout stored(String form, boolean values, String delimiter, String output) {
    return new RowLayout(
        form.isEmpty() ? Form.DENSE : Form.of(form),
        values,
        delimiter.isEmpty() ? ":" : delimiter,
        output.equals(SPARSE));
  }

  /** The name of the output's form in confs and models. */
  String output() {
    return sparseOutput ? SPARSE : Form.DENSE.spoken();
  }

  /** Whether listed texts can be missing values that are replaced. */
  boolean fillsMissing() {
    return form == Form.DENSE || form == Form.TAG && tagsWithValues;
  }

  /** Whether listed texts can be outliers that are replaced. */
  boolean replacesOutliers() {
    return form == Form.DENSE;
  }
}
