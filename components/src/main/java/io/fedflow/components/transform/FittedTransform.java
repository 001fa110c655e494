package io.fedflow.components.transform;

import java.util.List;

/**
 * What DataTransform keeps for later data. Immutable.
 *
 * @param settings how rows were read
 * @param header feature names in order
 * @param anonymousHeader the names that other parties may see, one per feature
 * @param idName the id column's name
 * @param labelName the label column's name as in the file; empty without a label
 * @param missing replacements of missing values
 * @param outlier replacements of outliers
 */
record FittedTransform(
    TransformSettings settings,
    List<String> header,
    List<String> anonymousHeader,
    String idName,
    String labelName,
    Filling missing,
    Filling outlier) {

  FittedTransform {
    header = List.copyOf(header);
    anonymousHeader = List.copyOf(anonymousHeader);
  }
}
