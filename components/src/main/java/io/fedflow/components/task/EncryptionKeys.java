package io.fedflow.components.task;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.AdditiveScheme;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.parameters.SharedParameters;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;

/**
 * The keys of tasks whose {@code encrypt_param} names scheme and length: how the one party makes
 * its pair, and how the others take its public half. Stateless.
 */
public final class EncryptionKeys {

  private static final String PARAMETER = "encrypt_param";
  private static final String LENGTH = "key_length";

  private EncryptionKeys() {}

  /** The scheme that a task's parameters ask for. */
  public static AdditiveScheme scheme(Params params) {
    return SharedParameters.OKAMOTO_UCHIYAMA.equals(params.object(PARAMETER).text("method"))
        ? AdditiveScheme.OKAMOTO_UCHIYAMA
        : AdditiveScheme.PAILLIER;
  }

  /** Makes a key pair for a task; its log names what is weak about it. */
  public static AdditiveOwner generate(TaskContext context, CryptoSuite suite) {
    AdditiveScheme scheme = scheme(context.params());
    int bits = context.params().object(PARAMETER).integer(LENGTH);
    if (bits < AdditivePublicKey.DEFAULT_BITS) {
      context
          .log()
          .warning(
              "encrypt_param.key_length: a key of "
                  + scheme.title()
                  + " of "
                  + bits
                  + " bits is weak; use "
                  + AdditivePublicKey.DEFAULT_BITS);
    }
    tell(context, suite, scheme);
    return suite.owner(
        scheme.generate(bits, context.entropy()),
        ComputePool.of(context.compute(), context.parallelism()));
  }

  /**
   * Waits for the public key of another party.
   *
   * @throws io.fedflow.failure.FedflowException of kind PEER if what came is no key of the scheme
   *     that this party's own parameters ask for, or a shorter one ({@code crypto.key-too-small})
   */
  public static AdditivePublicKey receive(
      TaskContext context, CryptoSuite suite, Party from, MessageTag tag)
      throws InterruptedException {
    AdditiveScheme scheme = scheme(context.params());
    AdditivePublicKey key =
        ReceivedKeys.additive(
            context.federation().receive(from, tag),
            scheme::decodeKey,
            context.params().object(PARAMETER).integer(LENGTH),
            PARAMETER + '.' + LENGTH);
    tell(context, suite, scheme);
    return key;
  }

  private static void tell(TaskContext context, CryptoSuite suite, AdditiveScheme scheme) {
    scheme
        .caution()
        .ifPresent(caution -> context.log().warning("encrypt_param.method: " + caution));
    context.log().info("arithmetic kernel: " + suite.kernelReport());
  }
}
