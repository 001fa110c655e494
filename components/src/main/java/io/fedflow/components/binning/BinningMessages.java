package io.fedflow.components.binning;

import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Role;
import java.util.List;
import java.util.stream.Stream;

/** The messages of {@link HeteroFeatureBinning}. */
final class BinningMessages {

  static final MessageTag PLAN = MessageTag.of("binning_plan");
  static final MessageTag COLUMNS = MessageTag.of("binning_columns");
  static final MessageTag COUNTS = MessageTag.of("binning_counts");
  static final MessageTag KEY = MessageTag.of("binning_key");
  static final MessageTag LABELS = MessageTag.of("binning_labels");
  static final MessageTag HISTOGRAM = MessageTag.of("binning_histogram");
  static final MessageTag OPTIMAL = MessageTag.of("binning_optimal");
  static final MessageTag MERGED = MessageTag.of("binning_merged");

  static final List<MessageDeclaration> ALL =
      Stream.concat(
              RowAgreement.MESSAGES.stream(),
              Stream.of(
                  MessageDeclaration.open(
                      PLAN.name(),
                      Role.GUEST,
                      Role.HOST,
                      "whether the guest wants statistics, and of how many classes"),
                  MessageDeclaration.open(
                      COLUMNS.name(),
                      Role.HOST,
                      Role.GUEST,
                      "anonymous names of the host's binned columns"),
                  MessageDeclaration.open(
                      COUNTS.name(), Role.HOST, Role.GUEST, "how many bins each host column has"),
                  MessageDeclaration.open(
                      KEY.name(), Role.GUEST, Role.HOST, "the guest's public key"),
                  MessageDeclaration.ciphertext(
                      LABELS.name(), Role.GUEST, Role.GUEST, Role.HOST, "nothing"),
                  MessageDeclaration.ciphertext(
                      HISTOGRAM.name(),
                      Role.GUEST,
                      Role.HOST,
                      Role.GUEST,
                      "how many rows of each label every bin of every host column has; with optimal"
                          + " binning every first bin"),
                  MessageDeclaration.open(
                      OPTIMAL.name(),
                      Role.HOST,
                      Role.GUEST,
                      "which columns the host wants merged by labels, and how"),
                  MessageDeclaration.open(
                      MERGED.name(),
                      Role.GUEST,
                      Role.HOST,
                      "which neighbouring first bins are one bin: about where in its column the share"
                          + " of a label changes, and no count")))
          .toList();

  private BinningMessages() {}
}
