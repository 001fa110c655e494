package io.fedflow.components.intersection;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * All ids of one party under some masks, as messages. Immutable by convention.
 *
 * @param count how many ids
 * @param messages cut as {@link Batches} says, each a version byte and elements of one width
 */
record MaskedSet(int count, List<byte[]> messages) {

  MaskedSet {
    messages = List.copyOf(messages);
  }

  /** A party's own ids under its own mask. */
  static MaskedSet of(OwnIds own) {
    List<byte[]> messages = new ArrayList<>();
    for (int batch = 0; batch < own.batches().size(); batch++) {
      messages.add(own.masked(batch).message());
    }
    return new MaskedSet(own.count(), messages);
  }

  /**
   * Receives a set.
   *
   * @param mask whose method says what an element is
   * @throws FedflowException {@code intersection.message} (PEER) if it has another size
   * @throws io.fedflow.components.crypto.CryptoException if it holds something that no mask gives
   */
  static MaskedSet receive(Channel channel, String name, Mask mask, int count)
      throws InterruptedException {
    Batches batches = new Batches(count);
    List<byte[]> messages = new ArrayList<>();
    for (int batch = 0; batch < batches.size(); batch++) {
      byte[] message = channel.receive(name, batch).as(Payload.Format.BYTES);
      int found = mask.read(message).count();
      if (found != batches.sizeOf(batch)) {
        throw channel.malformed(found + " masked ids, expected " + batches.sizeOf(batch));
      }
      messages.add(message);
    }
    return new MaskedSet(count, messages);
  }

  /** Sends it. */
  void send(Channel channel, String name) throws InterruptedException {
    for (int batch = 0; batch < messages.size(); batch++) {
      channel.send(name, batch, Payload.ofBytes(messages.get(batch)));
    }
  }

  /** The same ids under one mask more. */
  MaskedSet maskedAgain(Mask mask) {
    return new MaskedSet(
        count, messages.stream().map(message -> mask.again(message).message()).toList());
  }

  /** The same in another order, which tells nothing. */
  MaskedSet shuffled(SecureRandom random) {
    if (count == 0) {
      return this;
    }
    Batches batches = new Batches(count);
    int width = (messages.get(0).length - 1) / batches.sizeOf(0);
    int[] order = RandomOrder.of(count, random);
    List<byte[]> shuffled = new ArrayList<>();
    for (int batch = 0; batch < batches.size(); batch++) {
      byte[] message = new byte[1 + batches.sizeOf(batch) * width];
      message[0] = messages.get(0)[0];
      for (int i = 0; i < batches.sizeOf(batch); i++) {
        int from = order[batches.from(batch) + i];
        int at = batches.batchOf(from);
        System.arraycopy(
            messages.get(at), 1 + (from - batches.from(at)) * width, message, 1 + i * width, width);
      }
      shuffled.add(message);
    }
    return new MaskedSet(count, shuffled);
  }

  /** What ids are compared by, under one mask more if that is wanted. */
  KeyIndex keys(Mask mask, boolean again) {
    KeyIndex keys = new KeyIndex(count);
    for (byte[] message : messages) {
      keys.add((again ? mask.again(message) : mask.read(message)).keys());
    }
    return keys;
  }
}
