package io.fedflow.components.intersection;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import java.io.Closeable;
import java.security.SecureRandom;
import java.util.stream.IntStream;

/**
 * Masked ids or keys of one party that wait until all are there: in their order, or to be shuffled.
 * Used by one thread: first they are added, then given once.
 *
 * <p>To be shuffled each is dealt to a part that is drawn for it, and each part is shuffled by
 * itself, which makes all orders equally likely (Rao, Sankhya 1961; Sandelius, JRSS B 1962) and
 * needs no more than a part in memory.
 */
final class MaskedSet implements HostKeys, Closeable {

  private final Parts parts;
  private final int width;
  private final int perPart;
  private final SecureRandom random;
  private int count;
  private byte version;

  private MaskedSet(KeyRoom room, int width, int most, SecureRandom random) {
    this.parts = room.parts(most, width);
    this.width = width;
    this.perPart = Math.max(1, (int) (((long) most + parts.parts() - 1) / parts.parts()));
    this.random = random;
  }

  /**
   * Nothing yet.
   *
   * @param width bytes of an element
   * @param most how many come at most
   */
  static MaskedSet inOrder(KeyRoom room, int width, int most) {
    return new MaskedSet(room, width, most, null);
  }

  /** Nothing yet of what comes out in an order that tells nothing; as {@link #inOrder}. */
  static MaskedSet shuffled(KeyRoom room, int width, int most, SecureRandom random) {
    return new MaskedSet(room, width, most, random);
  }

  /**
   * Receives a set.
   *
   * @param mask whose method says what an element is
   * @throws FedflowException {@code intersection.message} (PEER) if it has another size
   * @throws io.fedflow.components.crypto.CryptoException if it holds something that no mask gives
   */
  static MaskedSet receive(Channel channel, String name, Mask mask, int count, KeyRoom room)
      throws InterruptedException {
    MaskedSet set = inOrder(room, mask.width(), count);
    try {
      Batches batches = new Batches(count);
      for (int batch = 0; batch < batches.size(); batch++) {
        byte[] message = channel.receive(name, batch).as(Payload.Format.BYTES);
        int found = mask.read(message).count();
        if (found != batches.sizeOf(batch)) {
          throw channel.malformed(found + " masked ids, expected " + batches.sizeOf(batch));
        }
        set.addMessage(message);
      }
      return set;
    } catch (InterruptedException | RuntimeException failed) {
      set.close();
      throw failed;
    }
  }

  /** Adds the elements of a message: a version byte, then elements. */
  void addMessage(byte[] message) {
    version = message[0];
    add(message, 1);
  }

  /** Adds elements one behind the other. */
  void add(byte[] elements) {
    add(elements, 0);
  }

  private void add(byte[] from, int first) {
    for (int at = first; at < from.length; at += width) {
      parts.add(part(), from, at, count);
      count++;
    }
  }

  private int part() {
    if (random == null) {
      return count / perPart;
    }
    return parts.parts() == 1 ? 0 : random.nextInt(parts.parts());
  }

  /** How many elements were added. */
  @Override
  public int count() {
    return count;
  }

  /** Gives the elements, once, cut as {@link Batches} says. */
  @Override
  public void giveTo(PartsInBatches.Taker taker) throws InterruptedException {
    new PartsInBatches(parts, width, count)
        .giveTo(
            part ->
                random == null
                    ? IntStream.range(0, part.positions().length).toArray()
                    : RandomOrder.of(part.positions().length, random),
            taker);
  }

  /** Gives them as messages, which {@link #addMessage} took. */
  void giveMessagesTo(PartsInBatches.Taker taker) throws InterruptedException {
    giveTo(
        (batch, elements) -> {
          byte[] message = new byte[1 + elements.length];
          message[0] = version;
          System.arraycopy(elements, 0, message, 1, elements.length);
          taker.take(batch, message);
        });
  }

  /** Sends them as messages, and lets go of them. */
  void send(Channel channel, String name) throws InterruptedException {
    giveMessagesTo((batch, message) -> channel.send(name, batch, Payload.ofBytes(message)));
    close();
  }

  @Override
  public void close() {
    parts.close();
  }
}
