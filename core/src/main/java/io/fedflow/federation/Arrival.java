package io.fedflow.federation;

import java.nio.ByteBuffer;

/**
 * A message that arrives piece by piece, over one connection after the other if need be. What came
 * is kept until the message is whole, its task is over, or nothing came for {@link
 * Mailboxes#KEPT_SECONDS}. For the use of one connection; thread-safe.
 */
public final class Arrival {

  private final Mailboxes mailboxes;
  private final Envelope.Key key;
  private final String transfer;
  private final PartialPayload partial;
  private final int writer;

  /**
   * Takes over what came so far.
   *
   * @param partial null if the message is not needed
   */
  Arrival(Mailboxes mailboxes, Envelope.Key key, String transfer, PartialPayload partial) {
    this.mailboxes = mailboxes;
    this.key = key;
    this.transfer = transfer;
    this.partial = partial;
    this.writer = partial == null ? 0 : partial.takeOver();
  }

  /** Whether bytes are wanted: not if the message is here already, or nobody will ever take it. */
  public boolean needed() {
    return partial != null;
  }

  /** Whether {@link #add} writes to a file, and so may block. */
  public boolean blocks() {
    return partial != null && partial.spills();
  }

  /** How many bytes are here, all from the begin: where to go on. 0 if it is not needed. */
  public int received() {
    return partial == null ? 0 : partial.received();
  }

  /** Whether every byte is here. */
  public boolean whole() {
    return partial == null || partial.complete();
  }

  /**
   * Adds the next bytes.
   *
   * @param piece read to its end
   * @return false if another connection took the message over, or its task is over; then this one
   *     is of no more use
   * @throws IllegalArgumentException if there are more bytes than were announced
   * @throws io.fedflow.failure.FedflowException {@code federation.spill} if the disk fails
   */
  public boolean add(ByteBuffer piece) {
    return partial == null || partial.append(writer, piece);
  }

  /**
   * Puts the whole message into its mailbox, unless one with its name came meanwhile.
   *
   * @param checksum CRC-32C of all bytes
   * @return false if another connection took the message over
   * @throws IllegalArgumentException if bytes are missing, or are not those that were sent; what
   *     came is dropped then, and may be sent again from the begin
   */
  public boolean complete(int checksum) {
    return complete(checksum, null);
  }

  /**
   * The same, compared with a digest, too.
   *
   * @param digest SHA-256 of all bytes; null to compare none
   */
  public boolean complete(int checksum, byte[] digest) {
    if (partial == null) {
      return true;
    }
    if (!partial.isWriter(writer)) {
      return false;
    }
    if (!partial.complete()) {
      throw new IllegalArgumentException("found " + partial.received() + " bytes, more announced");
    }
    int found = partial.checksum();
    if (found != checksum) {
      mailboxes.drop(key, transfer);
      throw new IllegalArgumentException(
          String.format("bytes with checksum %08x came, the header says %08x", found, checksum));
    }
    if (digest != null && !partial.hasDigest(digest)) {
      mailboxes.drop(key, transfer);
      throw new IllegalArgumentException("bytes came whose SHA-256 is not that of the header");
    }
    mailboxes.arrived(key, transfer, partial);
    return true;
  }
}
