package io.fedflow.testkit.privacy;

import java.util.List;

/**
 * A party's table whose ids, names and values occur nowhere else. Immutable by convention.
 *
 * @param columns names of the features
 * @param labelName name of the label, or null
 * @param ids shape [rows]
 * @param values shape [columns][rows]; sixteen or so random digits each
 * @param labels shape [rows], 0 or 1; null without a label
 */
public record MarkedTable(
    List<String> columns, String labelName, String[] ids, double[][] values, double[] labels) {

  /** The table as a file: a header, then the rows; label before features. */
  public String csv() {
    StringBuilder text = new StringBuilder("id");
    if (labelName != null) {
      text.append(',').append(labelName);
    }
    columns.forEach(name -> text.append(',').append(name));
    text.append('\n');
    for (int row = 0; row < ids.length; row++) {
      text.append(ids[row]);
      if (labels != null) {
        text.append(',').append((int) labels[row]);
      }
      for (double[] column : values) {
        text.append(',').append(column[row]);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
