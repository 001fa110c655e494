package io.fedflow.components.split;

import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.party.Role;
import java.util.List;
import java.util.stream.Stream;

/** The messages of {@link HeteroDataSplit}. */
final class SplitMessages {

  static final String TRAIN = "split_train_rows";
  static final String VALIDATE = "split_validate_rows";
  static final String TEST = "split_test_rows";

  static final List<MessageDeclaration> ALL =
      Stream.concat(
              RowAgreement.MESSAGES.stream(),
              Stream.of(
                  rows(TRAIN, "which of the common rows are for training, by position"),
                  rows(VALIDATE, "which of the common rows are for validation, by position"),
                  rows(TEST, "which of the common rows are for tests, by position")))
          .toList();

  private SplitMessages() {}

  private static MessageDeclaration rows(String name, String learns) {
    return MessageDeclaration.open(name, Role.GUEST, Role.HOST, learns);
  }
}
