package io.fedflow.components.transform;

import java.util.List;
import java.util.Optional;

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

  /** The same, with the match id where a conf says it is; models do not store its place. */
  FittedTransform matchedBy(Optional<TransformSettings.MatchId> place) {
    return place.isEmpty()
        ? this
        : new FittedTransform(
            settings.matchedBy(place),
            header,
            anonymousHeader,
            idName,
            labelName,
            missing,
            outlier);
  }
}
