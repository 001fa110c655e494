package io.fedflow.components.keys;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.PaillierCipher;
import io.fedflow.components.crypto.PaillierKeyPair;
import io.fedflow.components.crypto.PaillierOwner;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;

/** The Paillier keys of tasks, at their maker and at those who compute under them. Stateless. */
public final class PaillierKeys {

  private static final String KEY_LENGTH = "encrypt_param.key_length";

  private PaillierKeys() {}

  /** Makes a key as long as {@code encrypt_param.key_length} says; warns of one that is weak. */
  public static PaillierOwner make(TaskContext context, CryptoSuite suite) {
    return make(context, suite, bits(context), KEY_LENGTH);
  }

  /**
   * Reads the key of another party, which must be as long as {@code encrypt_param.key_length} says
   * here.
   *
   * @param payload as it was received
   * @throws FedflowException as {@link ReceivedKeys#paillier}
   */
  public static PaillierCipher received(TaskContext context, CryptoSuite suite, Payload payload) {
    return received(context, suite, payload, bits(context), KEY_LENGTH);
  }

  /**
   * Makes a key; warns of one that is weak today.
   *
   * @param bits of the modulus, at least {@link PaillierPublicKey#MINIMUM_BITS}
   * @param parameter the conf's name of that length, for the warning
   */
  public static PaillierOwner make(
      TaskContext context, CryptoSuite suite, int bits, String parameter) {
    if (bits < PaillierPublicKey.DEFAULT_BITS) {
      context
          .log()
          .warning(
              parameter
                  + ": a Paillier key of "
                  + bits
                  + " bits is weak; use "
                  + PaillierPublicKey.DEFAULT_BITS);
    }
    context.log().info("arithmetic kernel: " + suite.kernelReport());
    return suite.paillier(PaillierKeyPair.generate(bits, context.entropy()), pool(context));
  }

  /**
   * Reads the key of another party.
   *
   * @param payload as it was received
   * @param leastBits how long the modulus has to be, in bits
   * @param parameter the conf's name of that length, for messages
   * @throws FedflowException as {@link ReceivedKeys#paillier}
   */
  public static PaillierCipher received(
      TaskContext context, CryptoSuite suite, Payload payload, int leastBits, String parameter) {
    PaillierPublicKey key = ReceivedKeys.paillier(payload, leastBits, parameter);
    context.log().info("arithmetic kernel: " + suite.kernelReport());
    return suite.paillier(key, pool(context));
  }

  private static int bits(TaskContext context) {
    return context.params().object("encrypt_param").integer("key_length");
  }

  private static ComputePool pool(TaskContext context) {
    return ComputePool.of(context.compute(), context.parallelism());
  }
}
