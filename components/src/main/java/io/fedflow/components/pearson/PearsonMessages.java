package io.fedflow.components.pearson;

import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The messages of {@link HeteroPearson}. */
final class PearsonMessages {

  static final String NAMES = "pearson_names";
  static final String SHAPE = "pearson_shape";
  static final String KEY = "pearson_key";
  static final String PACKED_COLUMNS = "pearson_packed_columns";
  static final String PACKED_PRODUCTS = "pearson_packed_products";
  static final String RESULT = "pearson_correlations";

  private static final Set<Role> BOTH = Set.of(Role.GUEST, Role.HOST);

  static final List<MessageDeclaration> ALL =
      Stream.concat(
              RowAgreement.MESSAGES.stream(),
              Stream.of(
                  new MessageDeclaration(
                      NAMES, Protection.PUBLIC, null, BOTH, BOTH, "anonymous names of columns"),
                  MessageDeclaration.open(
                      SHAPE,
                      Role.HOST,
                      Role.GUEST,
                      "how many columns of each the host goes on with, as the names say"),
                  MessageDeclaration.open(KEY, Role.GUEST, Role.HOST, "the guest's public key"),
                  MessageDeclaration.ciphertext(
                      PACKED_COLUMNS, Role.GUEST, Role.GUEST, Role.HOST, "nothing"),
                  MessageDeclaration.ciphertext(
                      PACKED_PRODUCTS,
                      Role.GUEST,
                      Role.HOST,
                      Role.GUEST,
                      "the correlations of the guest columns that a ciphertext carries with every"
                          + " host column"),
                  MessageDeclaration.open(
                      RESULT,
                      Role.GUEST,
                      Role.HOST,
                      "the correlations of every guest column with every host column")))
          .toList();

  private PearsonMessages() {}
}
