package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.curve25519.CurvePoints;
import io.fedflow.components.crypto.curve25519.CurveSecret;
import io.fedflow.components.crypto.curve25519.LadderKernel;
import io.fedflow.components.crypto.dh.DhElements;
import io.fedflow.components.crypto.dh.DhGroup;
import io.fedflow.components.crypto.dh.DhSecret;

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

  /**
   * The mask that takes {@code other} off what was masked by it, and puts this one in its place.
   *
   * @param other of the same method
   */
  Mask insteadOf(Mask other);

  /** Bytes of an element in a message, where elements stand behind a version byte. */
  int width();

  /** The secret itself, for a cache that only this party can read. */
  byte[] secret();

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
    return new ByPrime(
        DhSecret.generate(DhGroup.of(settings.keyBits()), context.entropy()),
        CryptoSuite.standard(),
        pool);
  }

  /**
   * The mask that a cache kept.
   *
   * @param secret as {@link #secret()} gave it
   * @throws io.fedflow.components.crypto.CryptoException if it is none
   */
  static Mask kept(MaskSettings settings, TaskContext context, byte[] secret) {
    ComputePool pool = ComputePool.of(context.compute(), context.parallelism());
    if (settings.method().equals(MaskSettings.ECDH)) {
      LadderKernel kernel = LadderKernel.standard();
      return new OnCurve(CurveSecret.decodeSecret(kernel, secret), pool, "kernel " + kernel.name());
    }
    return new ByPrime(
        DhSecret.decodeSecret(DhGroup.of(settings.keyBits()), secret),
        CryptoSuite.standard(),
        pool);
  }

  /**
   * By a point's multiple.
   *
   * @param number the secret
   * @param pool carries the work
   * @param words which kernel multiplies
   */
  record OnCurve(CurveSecret number, ComputePool pool, String words) implements Mask {

    @Override
    public MaskedIds hashes(byte[][] hashes) {
      return masked(number.maskHashes(hashes, pool));
    }

    @Override
    public MaskedIds again(byte[] message) {
      return masked(number.mask(CurvePoints.decode(message), pool));
    }

    @Override
    public MaskedIds read(byte[] message) {
      return masked(CurvePoints.decode(message));
    }

    @Override
    public Mask insteadOf(Mask other) {
      return new OnCurve(number.insteadOf(((OnCurve) other).number), pool, words);
    }

    @Override
    public int width() {
      return CurvePoints.BYTES;
    }

    @Override
    public byte[] secret() {
      return number.encodeSecret();
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
   * @param exponent the secret
   * @param suite makes the powers
   * @param pool carries the work
   */
  record ByPrime(DhSecret exponent, CryptoSuite suite, ComputePool pool) implements Mask {

    @Override
    public MaskedIds hashes(byte[][] hashes) {
      return masked(exponent.maskHashes(hashes, suite, pool));
    }

    @Override
    public MaskedIds again(byte[] message) {
      return masked(exponent.mask(DhElements.decode(exponent.group(), message), suite, pool));
    }

    @Override
    public MaskedIds read(byte[] message) {
      return masked(DhElements.decode(exponent.group(), message));
    }

    @Override
    public Mask insteadOf(Mask other) {
      return new ByPrime(exponent.insteadOf(((ByPrime) other).exponent), suite, pool);
    }

    @Override
    public int width() {
      return exponent.group().width();
    }

    @Override
    public byte[] secret() {
      return exponent.encodeSecret();
    }

    @Override
    public String words() {
      return exponent.group() + ", kernel " + suite.kernelName();
    }

    private static MaskedIds masked(DhElements elements) {
      byte[] keys = new byte[elements.count() * KeyIndex.WIDTH];
      for (int i = 0; i < elements.count(); i++) {
        byte[] big = elements.get(i).toByteArray();
        for (int b = 0; b < Math.min(KeyIndex.WIDTH, big.length); b++) {
          keys[i * KeyIndex.WIDTH + b] = big[big.length - 1 - b];
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
