package io.fedflow.components.crypto.curve25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveSecretTest {

  private static final LadderKernel KERNEL = LadderKernel.scalar();
  private static final SecureRandom ENTROPY = new SecureRandom();
  private static final BigInteger P = ReferenceCurve.P;

  @Test
  void elligator_ofPublishedVectors_isTheirs() {
    for (String[] vector : Vectors.read("rfc9380-elligator2.txt")) {
      byte[] mapped =
          Elligator.map(LadderKernel.scalar(), Vectors.bytes(Vectors.hex(vector[0])), 1);
      assertThat(Vectors.number(mapped)).isEqualTo(Vectors.hex(vector[1]));
      if (!vector[2].equals("-")) {
        byte[] cleared = new byte[32];
        Ladders.multiply(KERNEL, Vectors.bytes(BigInteger.valueOf(8)), mapped, 0, 1, cleared);
        assertThat(Vectors.number(cleared)).isEqualTo(Vectors.hex(vector[2]));
      }
    }
  }

  @Test
  void elligator_ofAnyNumbers_isAlwaysOnTheCurve() {
    Random random = new Random(9380);
    int count = 300;
    byte[] numbers = new byte[32 * count];
    random.nextBytes(numbers);
    Arrays.fill(numbers, 0, 32, (byte) 0);
    Arrays.fill(numbers, 32, 64, (byte) 0xff);
    byte[] mapped = Elligator.map(LadderKernel.scalar(), numbers, count);
    for (int i = 0; i < count; i++) {
      assertThat(ReferenceCurve.lift(Vectors.number(mapped, i))).as("number %s", i).isPresent();
    }
  }

  @Test
  void maskHashes_byOne_isWhatTheOriginalsLibraryGives() {
    for (String[] vector : Vectors.read("hash-from-bytes.txt")) {
      byte[] input = HexFormat.of().parseHex(vector[0]);
      CurvePoints found =
          CurveSecret.of(KERNEL, BigInteger.ONE)
              .maskHashes(new byte[][] {input}, ComputePool.inline());
      BigInteger y = Vectors.number(HexFormat.of().parseHex(vector[1])).clearBit(255);
      BigInteger u =
          BigInteger.ONE.add(y).multiply(BigInteger.ONE.subtract(y).modInverse(P)).mod(P);
      assertThat(Vectors.number(found.get(0))).isEqualTo(u);
    }
  }

  @Test
  void masks_commute_andAreProductsWithTheSecretItself() {
    byte[][] hashes = hashes(40);
    BigInteger a = new BigInteger(251, ENTROPY);
    BigInteger b = new BigInteger(251, ENTROPY);
    CurveSecret guest = CurveSecret.of(KERNEL, a);
    CurveSecret host = CurveSecret.of(KERNEL, b);
    CurvePoints once = guest.maskHashes(hashes, ComputePool.inline());
    CurvePoints twice = host.mask(once, ComputePool.inline());
    CurvePoints other =
        guest.mask(host.maskHashes(hashes, ComputePool.inline()), ComputePool.inline());

    assertThat(twice.encode()).isEqualTo(other.encode());
    // Compared with a plain product: the multiples of eight inside must not show.
    ReferenceCurve.Point first = ReferenceCurve.lift(Vectors.number(once.get(7))).orElseThrow();
    assertThat(Vectors.number(twice.get(7))).isEqualTo(ReferenceCurve.multiply(b, first).u());
  }

  @Test
  void mask_ofAPointWithAPartOfLowOrder_isThatOfTheOther() {
    CurvePoints clean =
        CurveSecret.generate(KERNEL, ENTROPY).maskHashes(hashes(1), ComputePool.inline());
    ReferenceCurve.Point point = ReferenceCurve.lift(Vectors.number(clean.get(0))).orElseThrow();
    ReferenceCurve.Point low =
        ReferenceCurve.lift(
                Vectors.hex("57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f"))
            .orElseThrow();
    byte[] mixed = new byte[33];
    mixed[0] = 1;
    System.arraycopy(Vectors.bytes(ReferenceCurve.add(point, low).u()), 0, mixed, 1, 32);
    CurveSecret secret = CurveSecret.generate(KERNEL, ENTROPY);

    assertThat(secret.mask(CurvePoints.decode(mixed), ComputePool.inline()).encode())
        .isEqualTo(secret.mask(clean, ComputePool.inline()).encode());
  }

  @Test
  void masks_areExchanged_underFurtherMasksToo() {
    byte[][] hashes = hashes(20);
    CurveSecret fresh = CurveSecret.generate(KERNEL, ENTROPY);
    CurveSecret kept = CurveSecret.generate(KERNEL, ENTROPY);
    CurveSecret host = CurveSecret.generate(KERNEL, ENTROPY);
    CurvePoints returned =
        host.mask(fresh.maskHashes(hashes, ComputePool.inline()), ComputePool.inline());

    assertThat(kept.insteadOf(fresh).mask(returned, ComputePool.inline()).encode())
        .isEqualTo(
            host.mask(kept.maskHashes(hashes, ComputePool.inline()), ComputePool.inline())
                .encode());
  }

  @Test
  void secrets_comeBackFromTheirBytes_andNothingElseDoes() {
    for (BigInteger k : new BigInteger[] {BigInteger.ONE, new BigInteger(251, ENTROPY).setBit(0)}) {
      CurveSecret secret = CurveSecret.of(KERNEL, k);
      assertThat(
              CurveSecret.decodeSecret(KERNEL, secret.encodeSecret())
                  .maskHashes(hashes(3), ComputePool.inline())
                  .encode())
          .isEqualTo(secret.maskHashes(hashes(3), ComputePool.inline()).encode());
    }
    byte[] zero = new byte[33];
    zero[0] = 1;
    byte[] most = zero.clone();
    Arrays.fill(most, 1, most.length, (byte) 0xff);
    byte[] version = CurveSecret.generate(KERNEL, ENTROPY).encodeSecret();
    version[0] = 2;
    for (byte[] wrong : new byte[][] {{}, new byte[32], zero, most, version}) {
      assertThatThrownBy(() -> CurveSecret.decodeSecret(KERNEL, wrong))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
  }

  @Test
  void masks_onAPool_areThoseOfOneThread() {
    byte[][] hashes = hashes(531);
    CurveSecret secret = CurveSecret.generate(KERNEL, ENTROPY);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      ComputePool pool = ComputePool.of(threads, 3);
      CurvePoints many = secret.maskHashes(hashes, pool);
      assertThat(many.encode()).isEqualTo(secret.maskHashes(hashes, ComputePool.inline()).encode());
      assertThat(secret.mask(many, pool).encode())
          .isEqualTo(secret.mask(many, ComputePool.inline()).encode());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void secrets_areFreshAndSilent() {
    byte[][] hashes = hashes(1);
    CurveSecret one = CurveSecret.generate(KERNEL, ENTROPY);
    CurveSecret two = CurveSecret.generate(KERNEL, ENTROPY);
    assertThat(one.maskHashes(hashes, ComputePool.inline()).encode())
        .isNotEqualTo(two.maskHashes(hashes, ComputePool.inline()).encode());
    assertThat(one).hasToString("curve secret");
    assertThatThrownBy(() -> CurveSecret.of(KERNEL, BigInteger.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CurveSecret.of(KERNEL, CurveSecret.ORDER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0",
        "57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f",
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"
      })
  void decode_ofLowOrder_isRefusedByName(String u) {
    BigInteger value = Vectors.hex(u);
    // What is in the list has low order indeed: eight times it is nothing, or it has no v at all.
    assertThat(
            ReferenceCurve.lift(value).map(p -> ReferenceCurve.multiply(BigInteger.valueOf(8), p)))
        .isEmpty();
    assertThatThrownBy(() -> CurvePoints.decode(message(BigInteger.valueOf(9), value)))
        .isInstanceOfSatisfying(
            CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_POINT))
        .hasMessage("the point at index 1 has low order");
  }

  @Test
  void decode_ofNumbersThatAreNoResidues_isRefusedByName() {
    for (BigInteger value :
        new BigInteger[] {
          P,
          P.add(BigInteger.valueOf(9)),
          BigInteger.TWO.pow(255),
          BigInteger.TWO.pow(256).subtract(BigInteger.ONE)
        }) {
      assertThatThrownBy(() -> CurvePoints.decode(message(value)))
          .isInstanceOf(CryptoException.class)
          .hasMessage("the point at index 0 is not below 2^255 - 19");
    }
    assertThat(CurvePoints.decode(message(P.subtract(BigInteger.TWO))).count()).isEqualTo(1);
  }

  @Test
  void decode_ofAnotherForm_isRefused() {
    for (byte[] message : new byte[][] {{}, {2}, new byte[32], new byte[34]}) {
      assertThatThrownBy(() -> CurvePoints.decode(message))
          .isInstanceOfSatisfying(
              CryptoException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }
    assertThat(CurvePoints.decode(new byte[] {1}).count()).isZero();
  }

  private static byte[] message(BigInteger... values) {
    byte[] message = new byte[1 + 32 * values.length];
    message[0] = 1;
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(Vectors.bytes(values[i]), 0, message, 1 + 32 * i, 32);
    }
    return message;
  }

  private static byte[][] hashes(int count) {
    byte[][] hashes = new byte[count][];
    for (int i = 0; i < count; i++) {
      hashes[i] = ("id" + i).getBytes(StandardCharsets.UTF_8);
    }
    return hashes;
  }
}
