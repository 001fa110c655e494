package io.fedflow.components.selection;

import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Role;
import java.util.List;

/** The messages of {@link HeteroFeatureSelection}. */
final class SelectionMessages {

  static final MessageTag FILTERS = MessageTag.of("selection_filters");
  private static final String COLUMNS = "selection_columns";
  private static final String KEPT = "selection_kept";

  static final List<MessageDeclaration> ALL =
      List.of(
          MessageDeclaration.open(
              FILTERS.name(), Role.GUEST, Role.HOST, "which filters the guest decides"),
          MessageDeclaration.open(
              COLUMNS,
              Role.HOST,
              Role.GUEST,
              "anonymous names of the host's columns that earlier filters left"),
          MessageDeclaration.open(
              KEPT,
              Role.GUEST,
              Role.HOST,
              "which of its columns have a high enough information value, or go along with no better"
                  + " column"));

  private SelectionMessages() {}

  /** The host's columns before a filter. */
  static MessageTag columns(int filter) {
    return MessageTag.of(COLUMNS, filter);
  }

  /** The host's columns after a filter. */
  static MessageTag kept(int filter) {
    return MessageTag.of(KEPT, filter);
  }
}
