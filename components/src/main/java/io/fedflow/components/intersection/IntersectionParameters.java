package io.fedflow.components.intersection;

import static io.fedflow.component.ParameterType.BOOL;
import static io.fedflow.component.ParameterType.INT;
import static io.fedflow.component.ParameterType.LIST;
import static io.fedflow.component.ParameterType.MAP;
import static io.fedflow.component.ParameterType.NULL;
import static io.fedflow.component.ParameterType.TEXT;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.components.crypto.TextHash;
import io.fedflow.components.crypto.dh.DhGroup;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import java.util.List;

/** What Intersection accepts in a conf. */
final class IntersectionParameters {

  /** Parameters that older jobs give; they change nothing. */
  static final List<String> DEPRECATED =
      List.of(
          "join_role",
          "with_encode",
          "encode_params",
          "random_bit",
          "repeated_id_process",
          "repeated_id_owner",
          "intersect_cache_param",
          "allow_info_share",
          "info_owner",
          "with_sample_id");

  /** Ours alone: FATE has no such parameter. */
  static final String SPILL_ABOVE = "spill_above";

  private static final List<String> STRONG_HASHES = List.of("sha256", "sha384", "sha512", "sm3");
  private static final List<String> METHODS = List.of("rsa", "raw", "dh", "ecdh");

  private IntersectionParameters() {}

  static ParameterSchema schema() {
    ParameterSchema.Builder builder =
        ParameterSchema.builder()
            .choice("intersect_method", "rsa", METHODS, "protocol; raw runs as ecdh")
            .bool("sync_intersect_ids", true, "whether hosts receive the result too")
            .bool("only_output_key", false, "whether the output has ids alone")
            .choice(
                "join_method",
                "inner_join",
                List.of("inner_join", LEFT_JOIN),
                "which rows stay: those of all, or with match ids all of the guest's")
            .bool("new_sample_id", false, "match ids only: whether joined rows get new ids")
            .choice(
                "sample_id_generator",
                "guest",
                List.of("guest", "host"),
                "match ids only: who names joined rows")
            .bool("cardinality_only", false, "whether only the count is found")
            .bool("sync_cardinality", false, "whether hosts learn the count too")
            .choice(
                "cardinality_method",
                "ecdh",
                List.of("rsa", "dh", "ecdh"),
                "protocol of cardinality_only; rsa runs as ecdh")
            .bool(
                "run_cache",
                false,
                "whether only a cache is made, on which later runs find the common ids")
            .bool(
                "run_preprocess",
                false,
                "whether a filter runs first: none does, the result is the same")
            .integer(
                SPILL_ABOVE,
                KeyRoom.DEFAULT,
                1,
                null,
                "ids of guest and hosts together beyond which their masks or signatures wait in files")
            .object("intersect_preprocess_params", preprocess(), "the filter of run_preprocess")
            .object("rsa_params", rsa(), "settings of rsa")
            .object("dh_params", dh(), "settings of dh")
            .object("ecdh_params", ecdh(), "settings of ecdh")
            .object("raw_params", raw(), "settings of raw; of no effect");
    DEPRECATED.forEach(
        name ->
            builder.any(
                name, null, "of older releases; ignored", BOOL, INT, TEXT, LIST, MAP, NULL));
    return builder.build();
  }

  /** All rows of the guest stay. */
  static final String LEFT_JOIN = "left_join";

  /** Ids or their hashes as they are; runs as ECDH instead, as in FATE 1.11. */
  static final String RAW = "raw";

  /**
   * Blind signatures. To count they run as ECDH instead: they would show the guest which of its ids
   * are common, not only how many.
   */
  static final String RSA = "rsa";

  /** The protocol that runs. */
  static String method(Params params) {
    String named =
        params.text(params.bool("cardinality_only") ? "cardinality_method" : "intersect_method");
    boolean other = params.bool("cardinality_only") ? named.equals(RSA) : named.equals(RAW);
    return other ? MaskSettings.ECDH : named;
  }

  static void check(Params params, String pointer, Problems problems) {
    checkJoin(params, pointer, problems);
    checkCache(params, pointer, problems);
    if (params.text("sample_id_generator").equals("host") && !params.bool("sync_intersect_ids")) {
      problems.error(
          pointer + "/sample_id_generator",
          "a host names no rows that it does not learn",
          "host",
          "guest while sync_intersect_ids is false");
    }
    checkRsa(params, pointer + "/rsa_params", problems);
    checkMasks(params, pointer, problems);
    DEPRECATED.stream()
        .filter(params::isUserFed)
        .forEach(
            name ->
                problems.warning(
                    pointer + '/' + name, "deprecated and ignored", params.get(name), "leave out"));
  }

  private static void checkJoin(Params params, String pointer, Problems problems) {
    if (!params.text("join_method").equals(LEFT_JOIN)) {
      return;
    }
    if (!params.bool("sync_intersect_ids") || params.bool("cardinality_only")) {
      problems.error(
          pointer + "/join_method",
          "hosts join only rows that they learn",
          LEFT_JOIN,
          "inner_join, or sync_intersect_ids true and cardinality_only false");
    }
    if (!params.text("sample_id_generator").equals("guest")) {
      problems.error(
          pointer + "/sample_id_generator",
          "left_join keeps the rows of the guest",
          params.text("sample_id_generator"),
          "guest");
    }
  }

  private static void checkCache(Params params, String pointer, Problems problems) {
    if (!params.bool("run_cache")) {
      return;
    }
    for (String name : List.of("cardinality_only", "run_preprocess")) {
      if (params.bool(name)) {
        problems.error(pointer + '/' + name, "not with run_cache", true, "false");
      }
    }
    if (method(params).equals(RSA) && params.object("rsa_params").bool("split_calculation")) {
      problems.error(
          pointer + "/rsa_params/split_calculation",
          "not with run_cache: hosts would have to keep half of the guest's ids",
          true,
          "false");
    }
  }

  private static void checkRsa(Params params, String pointer, Problems problems) {
    Params rsa = params.object("rsa_params");
    if (rsa.integer("key_length") % 2 != 0) {
      problems.error(
          pointer + "/key_length", "odd length", rsa.integer("key_length"), "an even number");
    }
    checkHash(rsa, "hash_method", pointer, problems);
    checkHash(rsa, "final_hash_method", pointer, problems);
  }

  private static void checkMasks(Params params, String pointer, Problems problems) {
    checkHash(params.object("ecdh_params"), "hash_method", pointer + "/ecdh_params", problems);
    checkDh(params.object("dh_params"), pointer + "/dh_params", problems);
  }

  /** Checks {@link #dh()}. */
  static void checkDh(Params dh, String pointer, Problems problems) {
    if (!dh.text("hash_method").equals("none")) {
      checkHash(dh, "hash_method", pointer, problems);
    }
    checkDhLength(dh.integer("key_length"), pointer + "/key_length", problems);
  }

  /** Checks that there is a group with a prime of so many bits. */
  static void checkDhLength(int bits, String pointer, Problems problems) {
    if (!DhGroup.has(bits)) {
      problems.error(
          pointer, "no published group has this length", bits, "one of " + DhGroup.lengths());
    }
  }

  private static void checkHash(Params params, String name, String pointer, Problems problems) {
    try {
      TextHash.named(params.text(name));
    } catch (FedflowException unavailable) {
      problems.error(
          pointer + '/' + name,
          unavailable.getMessage(),
          params.text(name),
          "a hash of this Java platform");
    }
  }

  private static ParameterSchema rsa() {
    return ParameterSchema.builder()
        .text("salt", "", "appended to every id")
        .choice("hash_method", "sha256", STRONG_HASHES, "first hash, of id and salt")
        .choice(
            "final_hash_method",
            "sha256",
            List.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3"),
            "hash of signatures; 128 bits of it are used")
        .bool(
            "split_calculation",
            false,
            "whether guest and hosts share the signing; not while the result stays at the guest")
        .number(
            "random_base_fraction",
            null,
            0.0,
            1.0,
            "share of blinding factors that ids may share; fresh ones are used for every id")
        .integer("key_length", 2048, 1024, 16384, "bits of the modulus")
        .integer(
            "random_bit",
            128,
            1,
            null,
            "least bits of a blinding factor; as many as the modulus has are used")
        .build();
  }

  /** The settings of {@code dh}. */
  static ParameterSchema dh() {
    return ParameterSchema.builder()
        .text("salt", "", "appended to every id")
        .choice(
            "hash_method",
            "sha256",
            List.of("none", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3"),
            "hash of id and salt")
        .integer("key_length", 2048, 1024, null, "bits of the prime")
        .build();
  }

  private static ParameterSchema ecdh() {
    return ParameterSchema.builder()
        .text("salt", "", "appended to every id")
        .choice("hash_method", "sha256", STRONG_HASHES, "hash of id and salt")
        .choice("curve", "curve25519", List.of("curve25519"), "the curve")
        .build();
  }

  private static ParameterSchema raw() {
    return ParameterSchema.builder()
        .bool("use_hash", false, "whether ids are hashed")
        .text("salt", "", "appended to every id")
        .choice(
            "hash_method",
            "none",
            List.of("none", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3"),
            "hash of id and salt")
        .bool("base64", false, "whether hashes are in base 64")
        .choice("join_role", "guest", List.of("guest", "host"), "who compares")
        .build();
  }

  private static ParameterSchema preprocess() {
    return ParameterSchema.builder()
        .number("false_positive_rate", 0.001, 0.0, 0.5, "of the filter")
        .choice("encrypt_method", "rsa", List.of("rsa"), "protocol of the filter")
        .choice("hash_method", "sha256", STRONG_HASHES, "first hash")
        .choice(
            "preprocess_method",
            "sha256",
            List.of("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3"),
            "hash of the filter")
        .text("preprocess_salt", "", "appended to every id")
        .any("random_state", null, "seed of the filter's salts", INT, NULL)
        .choice("filter_owner", "guest", List.of("guest", "host"), "who makes the filter")
        .build();
  }
}
