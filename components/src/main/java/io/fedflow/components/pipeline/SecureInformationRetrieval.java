package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.Map;

/** {@code SecureInformationRetrieval} in a pipeline. Not thread-safe. */
public final class SecureInformationRetrieval extends PipelineComponent {

  /** A component of this name, without parameters. */
  public SecureInformationRetrieval(String name) {
    super(name, "SecureInformationRetrieval", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code security_level}: 2 * 500^level blocks hide the wanted rows; 0: none does. Takes a
   * number &gt;= 0 &lt;= 1; 0.5 if not set.
   */
  public SecureInformationRetrieval securityLevel(double value) {
    parameter("security_level", value);
    return this;
  }

  /**
   * Sets {@code oblivious_transfer_protocol}: how the block's key is got. Takes a text of
   * [ot_hauck]; "ot_hauck" if not set.
   */
  public SecureInformationRetrieval obliviousTransferProtocol(String value) {
    parameter("oblivious_transfer_protocol", value);
    return this;
  }

  /**
   * Sets {@code commutative_encryption}: how ids are matched. Takes a text of
   * [commutativeencryptionpohlighellman]; "commutativeencryptionpohlighellman" if not set.
   */
  public SecureInformationRetrieval commutativeEncryption(String value) {
    parameter("commutative_encryption", value);
    return this;
  }

  /**
   * Sets {@code non_committing_encryption}: what seals a block. Takes a text of [aes]; "aes" if not
   * set.
   */
  public SecureInformationRetrieval nonCommittingEncryption(String value) {
    parameter("non_committing_encryption", value);
    return this;
  }

  /**
   * Sets {@code dh_params}: settings of the matching. Takes an object with [salt, hash_method,
   * key_length].
   */
  public SecureInformationRetrieval dhParams(Map<String, ?> value) {
    parameter("dh_params", value);
    return this;
  }

  /**
   * Sets {@code key_size}: deprecated: dh_params.key_length, if given. Takes an integer &gt;= 1024;
   * 2048 if not set.
   */
  public SecureInformationRetrieval keySize(long value) {
    parameter("key_size", value);
    return this;
  }

  /**
   * Sets {@code raw_retrieval}: deprecated: true is security_level 0. Takes true or false; false if
   * not set.
   */
  public SecureInformationRetrieval rawRetrieval(boolean value) {
    parameter("raw_retrieval", value);
    return this;
  }

  /**
   * Sets {@code target_cols}: the host's column or columns to retrieve; null or empty for its
   * label. Takes a text or an array or null; null if not set.
   */
  public SecureInformationRetrieval targetCols(Object value) {
    parameter("target_cols", value);
    return this;
  }
}
