package io.fedflow.components.privacy;

import io.fedflow.components.crypto.AdditiveScheme;
import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.components.crypto.curve25519.CurvePoints;
import io.fedflow.components.crypto.dh.DhElements;
import io.fedflow.components.crypto.dh.DhGroup;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Payload;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reads a message by its declared form, walks every number and text in it, and tells what it holds
 * of a party's rows. What a receiver can decrypt is decrypted; what it cannot must look random. Not
 * thread-safe.
 */
final class LeakSearch {

  /** Layouts of a component's own, by the name of the message; any other is refused. */
  private enum Layout {
    ADDITIVE_KEY,
    RSA_KEY,
    RANDOM_32,
    DIGESTS,
    POINTS,
    /** Elements of the group of 1024 bits. */
    POWERS,
    /** Parts of masked sums. */
    MASKED_WORDS,
    /** Looked through byte by byte only. */
    PLAIN
  }

  private static final Map<String, Layout> LAYOUTS =
      Map.ofEntries(
          Map.entry("binning_key", Layout.ADDITIVE_KEY),
          Map.entry("lr_key", Layout.ADDITIVE_KEY),
          Map.entry("exchanged_ids", Layout.POINTS),
          Map.entry("masked_ids", Layout.POINTS),
          Map.entry("relayed_ids", Layout.POINTS),
          Map.entry("pearson_key", Layout.ADDITIVE_KEY),
          Map.entry("public_key", Layout.RSA_KEY),
          Map.entry("retrieval_announcement", Layout.RANDOM_32),
          Map.entry("retrieval_block_values", Layout.PLAIN),
          Map.entry("retrieval_choice", Layout.RANDOM_32),
          Map.entry("row_agreement_digest", Layout.RANDOM_32),
          Map.entry("row_agreement_key", Layout.RANDOM_32),
          Map.entry("sbt_key", Layout.ADDITIVE_KEY),
          Map.entry("secure_sum_key", Layout.RANDOM_32),
          Map.entry("secure_sum_part", Layout.MASKED_WORDS),
          Map.entry("signed_ids", Layout.DIGESTS),
          Map.entry("twice_masked_ids", Layout.DIGESTS));

  /** Tasks that mask ids by powers, by the beginning of their name. */
  private static final String MASKS_BY_POWERS = "SecureInformationRetrieval";

  private static final int KEY_ID_BYTES = 16;
  private static final int DIGEST_BYTES = 16;
  private static final int RANDOM_BYTES = 32;

  /** Bytes before the words of a masked part. */
  private static final int PART_HEAD = 24;

  /** What is not masked is shorter than this in every word. */
  private static final long SHORT_WORD = 1L << 56;

  /** A random number is shorter by so much once in 2^64 cases. */
  private static final int MISSING_BITS = 64;

  private final RawRows rows;
  private final KeyHolders keys;
  private final Map<String, Layout> layouts = new HashMap<>(LAYOUTS);

  LeakSearch(RawRows rows, KeyHolders keys) {
    this.rows = rows;
    this.keys = keys;
  }

  /** Takes the layout of a message as plain bytes. */
  LeakSearch plain(Set<String> messages) {
    messages.forEach(name -> layouts.put(name, Layout.PLAIN));
    return this;
  }

  /**
   * Looks through a message.
   *
   * @return what it should not hold; empty if all is well
   */
  Set<String> find(Envelope message, MessageDeclaration declared) {
    Payload payload = message.payload();
    Set<String> found = new TreeSet<>(rows.inBytes(payload.bytes()));
    switch (payload.format()) {
      case LONGS ->
          found.addAll(rows.inNumbers(Arrays.stream(payload.asLongs()).asDoubleStream().toArray()));
      case DOUBLES -> found.addAll(rows.inNumbers(payload.asDoubles()));
      case TEXTS -> payload.asTexts().forEach(text -> found.addAll(rows.inText(text)));
      case INTEGERS -> found.addAll(notRandom(residues(payload.bytes())));
      case CIPHERTEXTS -> found.addAll(ciphertexts(message, declared));
      case BYTES -> found.addAll(layout(message));
    }
    return found;
  }

  /** How many values a message holds, and which. */
  static String shape(Envelope message) {
    Payload payload = message.payload();
    return switch (payload.format()) {
      case LONGS -> payload.asLongs().length + " integers";
      case DOUBLES -> payload.asDoubles().length + " numbers";
      case TEXTS -> payload.asTexts().size() + " texts";
      case INTEGERS -> residues(payload.bytes()).length + " big integers";
      case CIPHERTEXTS -> cipherCount(payload.bytes()) + " ciphertexts";
      case BYTES ->
          switch (Objects.requireNonNullElse(layoutOf(message, LAYOUTS), Layout.PLAIN)) {
            case ADDITIVE_KEY, RSA_KEY -> "1 public key";
            case DIGESTS -> (payload.bytes().length - 1) / DIGEST_BYTES + " digests";
            case POINTS -> CurvePoints.decode(payload.bytes()).count() + " points";
            case POWERS -> powers(payload.bytes()).length + " big integers";
            case MASKED_WORDS -> words(payload.bytes()).length + " words";
            case RANDOM_32, PLAIN -> payload.bytes().length + " bytes";
          };
    };
  }

  /** What a receiver reads of ciphertexts: all of them if it has the key, nothing if not. */
  private Set<String> ciphertexts(Envelope message, MessageDeclaration declared) {
    byte[] bytes = message.payload().bytes();
    BigInteger[] numbers = ciphers(bytes);
    Set<String> found = notRandom(numbers);
    BigInteger[] visible = ciphers(keys.withoutRandomness(bytes));
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i].equals(visible[i])) {
        found.add("an encryption without randomness");
      }
    }
    if (declared.keyOwner() == null) {
      found.add("ciphertexts that nobody is declared to have the key of");
    } else if (declared.keyOwner().equals(message.to().role())) {
      rows.inNumbers(keys.open(bytes).toDoubles()).forEach(what -> found.add("decrypted " + what));
    }
    return found;
  }

  private Set<String> layout(Envelope message) {
    byte[] bytes = message.payload().bytes();
    Layout layout = layoutOf(message, layouts);
    if (layout == null) {
      return Set.of("bytes of an unknown layout");
    }
    // Reading refuses whatever does not belong to the layout, bytes behind its end included.
    switch (layout) {
      case ADDITIVE_KEY -> AdditiveScheme.PAILLIER.decodeKey(bytes);
      case RSA_KEY -> RsaPublicKey.decode(bytes);
      case RANDOM_32 -> {
        if (bytes.length != RANDOM_BYTES) {
          return Set.of(bytes.length + " bytes instead of " + RANDOM_BYTES);
        }
      }
      case DIGESTS -> {
        if ((bytes.length - 1) % DIGEST_BYTES != 0) {
          return Set.of("no whole number of digests");
        }
      }
      case POINTS -> {
        CurvePoints points = CurvePoints.decode(bytes);
        return notRandom(
            IntStream.range(0, points.count())
                .mapToObj(i -> new BigInteger(1, points.get(i)))
                .toArray(BigInteger[]::new));
      }
      case POWERS -> {
        return notRandom(powers(bytes));
      }
      case MASKED_WORDS -> {
        return notMasked(words(bytes));
      }
      case PLAIN -> {}
    }
    return Set.of();
  }

  /** The layout of a message; null if nobody described it. */
  private static Layout layoutOf(Envelope message, Map<String, Layout> known) {
    Layout layout = known.get(message.tag().name());
    return layout == Layout.POINTS && message.task().component().startsWith(MASKS_BY_POWERS)
        ? Layout.POWERS
        : layout;
  }

  private static BigInteger[] powers(byte[] bytes) {
    DhElements elements = DhElements.decode(DhGroup.of(1024), bytes);
    return IntStream.range(0, elements.count()).mapToObj(elements::get).toArray(BigInteger[]::new);
  }

  private static long[] words(byte[] bytes) {
    long[] words = new long[(bytes.length - PART_HEAD) / Long.BYTES];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(PART_HEAD)
        .asLongBuffer()
        .get(words);
    return words;
  }

  /** Random words neither repeat nor are short. */
  private static Set<String> notMasked(long[] words) {
    Set<String> found = new TreeSet<>();
    if (Arrays.stream(words).distinct().count() < words.length) {
      found.add("a word that repeats");
    }
    if (Arrays.stream(words).allMatch(word -> Math.abs(word) < SHORT_WORD)) {
      found.add("words without a mask");
    }
    return found;
  }

  /** Random numbers of one length neither repeat nor are short. */
  private static Set<String> notRandom(BigInteger[] numbers) {
    Set<String> found = new TreeSet<>();
    Set<BigInteger> seen = new HashSet<>(Arrays.asList(numbers));
    if (seen.size() < numbers.length) {
      found.add("a number that repeats");
    }
    int longest = seen.stream().mapToInt(BigInteger::bitLength).max().orElse(0);
    if (seen.stream().anyMatch(number -> number.bitLength() < longest - MISSING_BITS)) {
      found.add("a number that is short");
    }
    return found;
  }

  /** Header: version, key id, count, width; then the numbers. */
  private static BigInteger[] residues(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1 + KEY_ID_BYTES);
    return numbers(in, in.getInt(), in.getInt());
  }

  private static int cipherCount(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(1 + KEY_ID_BYTES);
  }

  /** Header: version, key id, count, scale, width, length of the bound, bound; then the numbers. */
  private static BigInteger[] ciphers(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).position(1 + KEY_ID_BYTES);
    int count = in.getInt();
    in.getInt();
    int width = in.getInt();
    int bound = in.getInt();
    return numbers(in.position(in.position() + bound), count, width);
  }

  private static BigInteger[] numbers(ByteBuffer in, int count, int width) {
    if (in.remaining() != (long) count * width) {
      throw new AssertionError(in.remaining() + " bytes for " + count + " numbers of " + width);
    }
    BigInteger[] numbers = new BigInteger[count];
    byte[] big = new byte[width];
    for (int i = 0; i < count; i++) {
      for (int at = width - 1; at >= 0; at--) {
        big[at] = in.get();
      }
      numbers[i] = new BigInteger(1, big);
    }
    return numbers;
  }
}
