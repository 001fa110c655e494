package io.fedflow.components.retrieval;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.oblivious.SealedBytes;
import io.fedflow.components.crypto.oblivious.TransferReceiver;
import io.fedflow.components.intersection.IdsToMatch;
import io.fedflow.components.intersection.PrivateMatch;
import io.fedflow.components.intersection.PrivateMatch.Found;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.Arrays;
import java.util.Optional;

/** The guest of a retrieval. Used by one thread. */
final class RetrievalGuest {

  /** Blocks that are named before the first is answered, so that both sides have work. */
  private static final int AHEAD = 4;

  private final TaskContext context;
  private final RetrievalSettings settings;
  private final Party host;

  RetrievalGuest(TaskContext context, RetrievalSettings settings, Party host) {
    this.context = context;
    this.settings = settings;
    this.host = host;
  }

  /**
   * Asks the host.
   *
   * @param ids own ids
   * @return the wanted values of the ids that both have
   */
  Retrieved run(IdsToMatch ids) throws InterruptedException {
    send(MessageTag.of(RetrievalMessages.SETTINGS), settings.toPayload());
    Found found = PrivateMatch.find(context, ids, settings.dh(), settings.keyBits());
    long[] wanted =
        Arrays.stream(found.positions()).filter(at -> at >= 0).sorted().asLongStream().toArray();
    ValueRows layout = receiveLayout(wanted.length);
    int chosen = context.entropy().nextInt(settings.blocks());
    TransferReceiver receiver =
        context
            .federation()
            .receive(host, MessageTag.of(RetrievalMessages.ANNOUNCEMENT))
            .read(
                Payload.Format.BYTES,
                announced ->
                    TransferReceiver.choose(
                        announced, chosen, settings.blocks(), context.entropy()));
    send(MessageTag.of(RetrievalMessages.CHOICE), Payload.ofBytes(receiver.choice()));
    byte[] sealed = exchange(found.hostCount(), wanted, chosen, layout);
    String[][] values =
        layout.decode(SealedBytes.open(receiver.key(), sealed), wanted.length, host);
    int[] at = new int[found.positions().length];
    Arrays.setAll(at, i -> Arrays.binarySearch(wanted, found.positions()[i]));
    return new Retrieved(values, at, wanted.length);
  }

  /** Names all blocks, and keeps the answer to the chosen one. */
  private byte[] exchange(int hostCount, long[] wanted, int chosen, ValueRows layout)
      throws InterruptedException {
    int blocks = settings.blocks();
    byte[] kept = null;
    for (int step = 0; step < blocks + AHEAD; step++) {
      context.checkStopped();
      if (step < blocks) {
        long[] rows =
            step == chosen ? wanted : Decoys.draw(wanted.length, hostCount, context.entropy());
        send(MessageTag.of(RetrievalMessages.BLOCK_ROWS, step), Payload.ofLongs(rows));
      }
      int answered = step - AHEAD;
      if (answered >= 0) {
        byte[] sealed = receive(MessageTag.of(RetrievalMessages.BLOCK_VALUES, answered));
        requireSize(sealed, answered, layout.size(wanted.length) + SealedBytes.OVERHEAD);
        kept = answered == chosen ? sealed : kept;
      }
      context.tracker().progress((double) (step + 1) / (blocks + AHEAD), "blocks exchanged");
    }
    return kept;
  }

  private void requireSize(byte[] sealed, int block, int expected) {
    if (sealed.length != expected) {
      throw ValueRows.malformed(
          host, sealed.length + " bytes in block " + block + ", allowed are " + expected);
    }
  }

  /** Before anything of the announced size is made. */
  private ValueRows receiveLayout(int rows) throws InterruptedException {
    long[] widths =
        context.federation().receive(host, MessageTag.of(RetrievalMessages.WIDTHS)).asLongs();
    boolean possible = Arrays.stream(widths).allMatch(w -> w >= 0 && w <= Integer.MAX_VALUE / 2);
    if (widths.length != settings.columns() || !possible) {
      throw ValueRows.malformed(
          host,
          "widths " + Arrays.toString(widths) + " for " + settings.columns() + " wanted columns");
    }
    ValueRows layout =
        new ValueRows(Arrays.stream(widths).mapToInt(Math::toIntExact).boxed().toList());
    layout.size(rows);
    return layout;
  }

  private byte[] receive(MessageTag tag) throws InterruptedException {
    return context.federation().receive(host, tag).as(Payload.Format.BYTES);
  }

  private void send(MessageTag tag, Payload payload) throws InterruptedException {
    context.federation().send(host, tag, payload);
  }

  /**
   * What the guest got.
   *
   * @param values [columns][common ids]
   * @param at for each own id the position among the common ones, or a negative number
   * @param count how many are common
   */
  record Retrieved(String[][] values, int[] at, int count) {

    /** A value of a column for an own id; empty if the host does not have the id. */
    Optional<String> value(int column, int id) {
      return at[id] < 0 ? Optional.empty() : Optional.of(values[column][at[id]]);
    }
  }
}
