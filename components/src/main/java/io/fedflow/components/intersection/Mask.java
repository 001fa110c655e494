package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.curve25519.CurvePoints;
import io.fedflow.components.crypto.curve25519.CurveSecret;
import io.fedflow.components.crypto.curve25519.LadderKernel;
import io.fedflow.components.crypto.dh.DhElements;
import io.fedflow.components.crypto.dh.DhGroup;
import io.fedflow.components.crypto.dh.DhSecret;
import java.math.BigInteger;

/** A fresh secret of one party that masks ids so that the masks of two parties commute. */
sealed interface Mask {

  /** Masks hashes of own ids, in order. */
  MaskedIds hashes(byte[][] hashes);

  /**
   * Masks what a peer masked, in order.
   *
   * @param message as the peer's {@link MaskedIds#message()}
   * @throws io.fedflow.components.crypto.CryptoException if it holds something that no mask gives
   */
  MaskedIds again(byte[] message);

  /**
   * Reads what a peer masked, without masking it again.
   *
   * @throws io.fedflow.components.crypto.CryptoException if it holds something that no mask gives
   */
  MaskedIds read(byte[] message);

  /** What masks, for the job's log. */
  String words();

  /** A fresh mask of the method that the settings name. */
  static Mask fresh(MaskSettings settings, TaskContext context) {
    ComputePool pool = ComputePool.of(context.compute(), context.parallelism());
    if (settings.method().equals(MaskSettings.ECDH)) {
      LadderKernel kernel = LadderKernel.standard();
      return new OnCurve(
          CurveSecret.generate(kernel, context.entropy()), pool, "kernel " + kernel.name());
    }
    return new ByPrime(DhSecret.generate(DhGroup.of(settings.keyBits()), context.entropy()), pool);
  }

  /**
   * By a point's multiple.
   *
   * @param secret the number
   * @param pool carries the work
   * @param words which kernel multiplies
   */
  record OnCurve(CurveSecret secret, ComputePool pool, String words) implements Mask {

    @Override
    public MaskedIds hashes(byte[][] hashes) {
      return masked(secret.maskHashes(hashes, pool));
    }

    @Override
    public MaskedIds again(byte[] message) {
      return masked(secret.mask(CurvePoints.decode(message), pool));
    }

    @Override
    public MaskedIds read(byte[] message) {
      return masked(CurvePoints.decode(message));
    }

    private static MaskedIds masked(CurvePoints points) {
      byte[] keys = new byte[points.count() * KeyIndex.WIDTH];
      for (int i = 0; i < points.count(); i++) {
        System.arraycopy(points.get(i), 0, keys, i * KeyIndex.WIDTH, KeyIndex.WIDTH);
      }
      return new MaskedIds(points.encode(), keys);
    }
  }

  /**
   * By a power modulo a prime.
   *
   * @param secret the exponent
   * @param pool carries the work
   */
  record ByPrime(DhSecret secret, ComputePool pool) implements Mask {

    @Override
    public MaskedIds hashes(byte[][] hashes) {
      return masked(secret.maskHashes(hashes, pool));
    }

    @Override
    public MaskedIds again(byte[] message) {
      return masked(secret.mask(DhElements.decode(secret.group(), message), pool));
    }

    @Override
    public MaskedIds read(byte[] message) {
      return masked(DhElements.decode(secret.group(), message));
    }

    @Override
    public String words() {
      return secret.group().toString();
    }

    private static MaskedIds masked(DhElements elements) {
      byte[] keys = new byte[elements.count() * KeyIndex.WIDTH];
      for (int i = 0; i < elements.count(); i++) {
        BigInteger element = elements.get(i);
        for (int b = 0; b < KeyIndex.WIDTH; b++) {
          keys[i * KeyIndex.WIDTH + b] = element.shiftRight(8 * b).byteValue();
        }
      }
      return new MaskedIds(elements.encode(), keys);
    }
  }

  /**
   * Some masked ids.
   *
   * @param message all of them, as they cross to be masked again
   * @param keys the least {@link KeyIndex#WIDTH} bytes of each, enough to compare them
   */
  record MaskedIds(byte[] message, byte[] keys) {

    /** How many. */
    int count() {
      return keys.length / KeyIndex.WIDTH;
    }
  }
}
