package io.fedflow.components.retrieval;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.components.intersection.PrivateMatch;
import io.fedflow.failure.Problems;
import java.util.List;

/** What SecureInformationRetrieval accepts in a conf. */
final class RetrievalParameters {

  static final String TARGETS = "target_cols";
  static final String LEVEL = "security_level";
  static final String KEY_SIZE = "key_size";
  static final String RAW = "raw_retrieval";
  static final String TRANSFER = "oblivious_transfer_protocol";
  static final String MASKS = "commutative_encryption";
  static final String CIPHER = "non_committing_encryption";
  static final String DH = "dh_params";

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .number(LEVEL, 0.5, 0.0, 1.0, "2 * 500^level blocks hide the wanted rows; 0: none does")
          .choice(TRANSFER, "ot_hauck", List.of("ot_hauck"), "how the block's key is got")
          .choice(
              MASKS,
              "commutativeencryptionpohlighellman",
              List.of("commutativeencryptionpohlighellman"),
              "how ids are matched")
          .choice(CIPHER, "aes", List.of("aes"), "what seals a block")
          .object(DH, PrivateMatch.parameters(), "settings of the matching")
          .integer(KEY_SIZE, 2048, 1024, null, "deprecated: dh_params.key_length, if given")
          .bool(RAW, false, "deprecated: true is security_level 0")
          .any(
              TARGETS,
              null,
              "the host's column or columns to retrieve; null or empty for its label",
              ParameterType.TEXT,
              ParameterType.LIST,
              ParameterType.NULL)
          .build();

  private RetrievalParameters() {}

  static void check(Params params, String pointer, Problems problems) {
    PrivateMatch.check(params.object(DH), pointer + '/' + DH, problems);
    if (params.isUserFed(KEY_SIZE)) {
      PrivateMatch.checkLength(params.integer(KEY_SIZE), pointer + '/' + KEY_SIZE, problems);
      deprecated(params, KEY_SIZE, DH + ".key_length", pointer, problems);
    }
    if (params.isUserFed(RAW)) {
      deprecated(params, RAW, LEVEL + " 0", pointer, problems);
    }
    checkTargets(params, pointer + '/' + TARGETS, problems);
  }

  private static void deprecated(
      Params params, String name, String instead, String pointer, Problems problems) {
    problems.warning(pointer + '/' + name, "deprecated", params.get(name), instead);
  }

  private static void checkTargets(Params params, String pointer, Problems problems) {
    if (!(params.get(TARGETS) instanceof List<?> names)) {
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!(names.get(i) instanceof String)) {
        problems.error(pointer + '/' + i, "wrong type", names.get(i), "the name of a column");
      }
    }
    if (names.stream().distinct().count() != names.size()) {
      problems.error(pointer, "a name stands twice", names, "names that differ");
    }
  }
}
