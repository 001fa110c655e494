package io.fedflow.components.retrieval;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.oblivious.SealedBytes;
import io.fedflow.components.crypto.oblivious.TransferSender;
import io.fedflow.components.intersection.IdsToMatch;
import io.fedflow.components.intersection.PrivateMatch;
import io.fedflow.components.intersection.PrivateMatch.Answered;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.List;

/** The host of a retrieval. Used by one thread. */
final class RetrievalHost {

  private final TaskContext context;
  private final RetrievalSettings settings;
  private final Party guest;

  RetrievalHost(TaskContext context, RetrievalSettings settings) {
    this.context = context;
    this.settings = settings;
    this.guest = context.federation().parties(Role.GUEST).get(0);
  }

  /**
   * Answers the guest.
   *
   * @param ids own ids
   * @param values the wanted columns, [columns][rows of the table]
   * @return how many ids are common
   */
  int run(IdsToMatch ids, String[][] values) throws InterruptedException {
    settings.requireEqual(guest, receive(RetrievalMessages.SETTINGS));
    Answered answered = PrivateMatch.answer(context, ids, settings.dh(), settings.keyBits());
    ValueRows layout = ValueRows.of(values);
    send(
        MessageTag.of(RetrievalMessages.WIDTHS),
        Payload.ofLongs(layout.widths().stream().mapToLong(Integer::longValue).toArray()));
    TransferSender sender = TransferSender.start(context.entropy());
    send(MessageTag.of(RetrievalMessages.ANNOUNCEMENT), Payload.ofBytes(sender.announcement()));
    List<byte[]> keys =
        receive(RetrievalMessages.CHOICE)
            .read(Payload.Format.BYTES, choice -> sender.keys(choice, settings.blocks()));
    int[] rows = new int[answered.order().length];
    // Of several rows with one match id the last one counts, as where ids are joined.
    Arrays.setAll(rows, i -> last(ids.rows(answered.order()[i])));
    int common = -1;
    for (int block = 0; block < settings.blocks(); block++) {
      context.checkStopped();
      int[] positions = receiveBlock(block, answered, common);
      common = positions.length;
      byte[] plain = layout.encode(values, Arrays.stream(positions).map(i -> rows[i]).toArray());
      send(
          MessageTag.of(RetrievalMessages.BLOCK_VALUES, block),
          Payload.ofBytes(SealedBytes.seal(keys.get(block), plain)));
      context.tracker().progress((double) (block + 1) / settings.blocks(), "blocks sealed");
    }
    return common;
  }

  /** Blocks of different sizes, or of more rows than the guest has ids, are no blocks. */
  private int[] receiveBlock(int block, Answered answered, int common) throws InterruptedException {
    long[] positions =
        context
            .federation()
            .receive(guest, MessageTag.of(RetrievalMessages.BLOCK_ROWS, block))
            .asLongs();
    int most = Math.min(answered.guestCount(), answered.order().length);
    if (positions.length > most || common >= 0 && positions.length != common) {
      throw ValueRows.malformed(
          guest,
          positions.length
              + " rows in block "
              + block
              + ", allowed are "
              + (common >= 0 ? "" + common : "at most " + most));
    }
    long last = -1;
    for (long position : positions) {
      if (position <= last || position >= answered.order().length) {
        throw ValueRows.malformed(
            guest,
            "a row out of order or outside the "
                + answered.order().length
                + " ids in block "
                + block);
      }
      last = position;
    }
    return Arrays.stream(positions).mapToInt(Math::toIntExact).toArray();
  }

  private static int last(int[] rows) {
    return rows[rows.length - 1];
  }

  private Payload receive(String name) throws InterruptedException {
    return context.federation().receive(guest, MessageTag.of(name));
  }

  private void send(MessageTag tag, Payload payload) throws InterruptedException {
    context.federation().send(guest, tag, payload);
  }
}
