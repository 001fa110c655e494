package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.Map;

/** {@code Intersection} in a pipeline. Not thread-safe. */
public final class Intersection extends PipelineComponent {

  /** A component of this name, without parameters. */
  public Intersection(String name) {
    super(name, "Intersection", ComponentOutputs.DATA_AND_CACHE);
    provider("fate");
  }

  /**
   * Sets {@code intersect_method}: protocol; raw runs as ecdh. Takes a text of [rsa, raw, dh,
   * ecdh]; "rsa" if not set.
   */
  public Intersection intersectMethod(String value) {
    parameter("intersect_method", value);
    return this;
  }

  /**
   * Sets {@code sync_intersect_ids}: whether hosts receive the result too. Takes true or false;
   * true if not set.
   */
  public Intersection syncIntersectIds(boolean value) {
    parameter("sync_intersect_ids", value);
    return this;
  }

  /**
   * Sets {@code only_output_key}: whether the output has ids alone. Takes true or false; false if
   * not set.
   */
  public Intersection onlyOutputKey(boolean value) {
    parameter("only_output_key", value);
    return this;
  }

  /**
   * Sets {@code join_method}: which rows stay: those of all, or with match ids all of the guest's.
   * Takes a text of [inner_join, left_join]; "inner_join" if not set.
   */
  public Intersection joinMethod(String value) {
    parameter("join_method", value);
    return this;
  }

  /**
   * Sets {@code new_sample_id}: match ids only: whether joined rows get new ids. Takes true or
   * false; false if not set.
   */
  public Intersection newSampleId(boolean value) {
    parameter("new_sample_id", value);
    return this;
  }

  /**
   * Sets {@code sample_id_generator}: match ids only: who names joined rows. Takes a text of
   * [guest, host]; "guest" if not set.
   */
  public Intersection sampleIdGenerator(String value) {
    parameter("sample_id_generator", value);
    return this;
  }

  /**
   * Sets {@code cardinality_only}: whether only the count is found. Takes true or false; false if
   * not set.
   */
  public Intersection cardinalityOnly(boolean value) {
    parameter("cardinality_only", value);
    return this;
  }

  /**
   * Sets {@code sync_cardinality}: whether hosts learn the count too. Takes true or false; false if
   * not set.
   */
  public Intersection syncCardinality(boolean value) {
    parameter("sync_cardinality", value);
    return this;
  }

  /**
   * Sets {@code cardinality_method}: protocol of cardinality_only; rsa runs as ecdh. Takes a text
   * of [rsa, dh, ecdh]; "ecdh" if not set.
   */
  public Intersection cardinalityMethod(String value) {
    parameter("cardinality_method", value);
    return this;
  }

  /**
   * Sets {@code run_cache}: whether only a cache is made, on which later runs find the common ids.
   * Takes true or false; false if not set.
   */
  public Intersection runCache(boolean value) {
    parameter("run_cache", value);
    return this;
  }

  /**
   * Sets {@code run_preprocess}: whether a filter runs first: none does, the result is the same.
   * Takes true or false; false if not set.
   */
  public Intersection runPreprocess(boolean value) {
    parameter("run_preprocess", value);
    return this;
  }

  /**
   * Sets {@code spill_above}: ids of guest and hosts together beyond which their masks or
   * signatures wait in files. Takes an integer &gt;= 1; 2000000 if not set.
   */
  public Intersection spillAbove(long value) {
    parameter("spill_above", value);
    return this;
  }

  /**
   * Sets {@code intersect_preprocess_params}: the filter of run_preprocess. Takes an object with
   * [false_positive_rate, encrypt_method, hash_method, preprocess_method, preprocess_salt,
   * random_state, filter_owner].
   */
  public Intersection intersectPreprocessParams(Map<String, ?> value) {
    parameter("intersect_preprocess_params", value);
    return this;
  }

  /**
   * Sets {@code rsa_params}: settings of rsa. Takes an object with [salt, hash_method,
   * final_hash_method, split_calculation, random_base_fraction, key_length, random_bit].
   */
  public Intersection rsaParams(Map<String, ?> value) {
    parameter("rsa_params", value);
    return this;
  }

  /**
   * Sets {@code dh_params}: settings of dh. Takes an object with [salt, hash_method, key_length].
   */
  public Intersection dhParams(Map<String, ?> value) {
    parameter("dh_params", value);
    return this;
  }

  /**
   * Sets {@code ecdh_params}: settings of ecdh. Takes an object with [salt, hash_method, curve].
   */
  public Intersection ecdhParams(Map<String, ?> value) {
    parameter("ecdh_params", value);
    return this;
  }

  /**
   * Sets {@code raw_params}: settings of raw; of no effect. Takes an object with [use_hash, salt,
   * hash_method, base64, join_role].
   */
  public Intersection rawParams(Map<String, ?> value) {
    parameter("raw_params", value);
    return this;
  }

  /**
   * Sets {@code join_role}: of older releases; ignored. Takes true or false or an integer or a text
   * or an array or an object or null; null if not set.
   */
  public Intersection joinRole(Object value) {
    parameter("join_role", value);
    return this;
  }

  /**
   * Sets {@code with_encode}: of older releases; ignored. Takes true or false or an integer or a
   * text or an array or an object or null; null if not set.
   */
  public Intersection withEncode(Object value) {
    parameter("with_encode", value);
    return this;
  }

  /**
   * Sets {@code encode_params}: of older releases; ignored. Takes true or false or an integer or a
   * text or an array or an object or null; null if not set.
   */
  public Intersection encodeParams(Object value) {
    parameter("encode_params", value);
    return this;
  }

  /**
   * Sets {@code random_bit}: of older releases; ignored. Takes true or false or an integer or a
   * text or an array or an object or null; null if not set.
   */
  public Intersection randomBit(Object value) {
    parameter("random_bit", value);
    return this;
  }

  /**
   * Sets {@code repeated_id_process}: of older releases; ignored. Takes true or false or an integer
   * or a text or an array or an object or null; null if not set.
   */
  public Intersection repeatedIdProcess(Object value) {
    parameter("repeated_id_process", value);
    return this;
  }

  /**
   * Sets {@code repeated_id_owner}: of older releases; ignored. Takes true or false or an integer
   * or a text or an array or an object or null; null if not set.
   */
  public Intersection repeatedIdOwner(Object value) {
    parameter("repeated_id_owner", value);
    return this;
  }

  /**
   * Sets {@code intersect_cache_param}: of older releases; ignored. Takes true or false or an
   * integer or a text or an array or an object or null; null if not set.
   */
  public Intersection intersectCacheParam(Object value) {
    parameter("intersect_cache_param", value);
    return this;
  }

  /**
   * Sets {@code allow_info_share}: of older releases; ignored. Takes true or false or an integer or
   * a text or an array or an object or null; null if not set.
   */
  public Intersection allowInfoShare(Object value) {
    parameter("allow_info_share", value);
    return this;
  }

  /**
   * Sets {@code info_owner}: of older releases; ignored. Takes true or false or an integer or a
   * text or an array or an object or null; null if not set.
   */
  public Intersection infoOwner(Object value) {
    parameter("info_owner", value);
    return this;
  }

  /**
   * Sets {@code with_sample_id}: of older releases; ignored. Takes true or false or an integer or a
   * text or an array or an object or null; null if not set.
   */
  public Intersection withSampleId(Object value) {
    parameter("with_sample_id", value);
    return this;
  }
}
