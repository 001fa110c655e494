package io.fedflow.federation;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Messages that arrive in pieces. */
class ArrivalTest {

  private static final TaskId TASK = task("a");
  private static final Envelope.Key KEY =
      new Envelope.Key(TASK, HOST, GUEST, MessageTag.of("word"));
  private static final int SIZE = 1_000_000;

  private final Mailboxes mailboxes = new Mailboxes();
  private final byte[] bytes = new byte[SIZE];

  ArrivalTest() {
    new Random(5).nextBytes(bytes);
  }

  private Arrival arrive(String transfer) {
    return mailboxes.arrive(KEY, Payload.Format.BYTES, SIZE, transfer);
  }

  private ByteBuffer piece(int from, int to) {
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to));
  }

  private int checksum() {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private void addAll(Arrival arrival) {
    for (int at = arrival.received(); at < SIZE; at += 77_777) {
      assertThat(arrival.add(piece(at, Math.min(SIZE, at + 77_777)))).isTrue();
    }
  }

  @Test
  void wholeMessage_isInTheMailbox() throws InterruptedException {
    Arrival arrival = arrive("one");
    addAll(arrival);

    assertThat(arrival.whole()).isTrue();
    assertThat(mailboxes.pending()).isZero();
    assertThat(arrival.complete(checksum())).isTrue();

    assertThat(mailboxes.arriving()).isZero();
    assertThat(mailboxes.take(KEY, 0)).isEqualTo(Payload.ofBytes(bytes));
  }

  @Test
  void secondConnection_goesOnWhereTheFirstBroke_andTheFirstMayAddNoMore()
      throws InterruptedException {
    Arrival first = arrive("one");
    first.add(piece(0, 400_000));

    Arrival second = arrive("one");

    assertThat(second.received()).isEqualTo(400_000);
    assertThat(first.add(piece(400_000, 400_001))).isFalse();
    assertThat(first.complete(checksum())).isFalse();
    addAll(second);
    assertThat(second.complete(checksum())).isTrue();
    assertThat(mailboxes.take(KEY, 0)).isEqualTo(Payload.ofBytes(bytes));
  }

  @Test
  void twoSendingsOfOneMessage_doNotMix_andTheSecondIsDropped() throws InterruptedException {
    Arrival one = arrive("one");
    one.add(piece(0, 400_000));
    Arrival other = arrive("other");

    assertThat(other.received()).isZero();
    addAll(other);
    assertThat(other.complete(checksum())).isTrue();
    addAll(one);
    assertThat(one.complete(checksum())).isTrue();

    assertThat(mailboxes.pending()).isEqualTo(1);
    assertThat(mailboxes.take(KEY, 0)).isEqualTo(Payload.ofBytes(bytes));
    assertThat(arrive("third").needed()).isFalse();
    assertThat(mailboxes.arriving()).isZero();
  }

  @Test
  void damagedBytes_areRefused_andAskedForAnew() {
    Arrival arrival = arrive("one");
    addAll(arrival);

    assertThatThrownBy(() -> arrival.complete(checksum() + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("checksum");

    assertThat(mailboxes.pending()).isZero();
    assertThat(arrive("one").received()).isZero();
  }

  @Test
  void moreOrFewerBytesThanAnnounced_areRefused() {
    Arrival arrival = arrive("one");
    arrival.add(piece(0, SIZE - 1));

    assertThatThrownBy(() -> arrival.complete(checksum()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> arrival.add(piece(0, 2))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endOfTheTask_dropsWhatCame_andNoMoreIsWanted() {
    arrive("one").add(piece(0, 400_000));
    mailboxes.close(TASK, GUEST);

    assertThat(mailboxes.arriving()).isZero();
    assertThat(arrive("one").needed()).isFalse();
  }

  @Test
  void endOfTheJob_dropsWhatCame() {
    Arrival arrival = arrive("one");
    addAll(arrival);
    mailboxes.acceptOnly(job -> false);
    mailboxes.forget(TASK.jobId());

    assertThat(mailboxes.arriving()).isZero();
    arrival.complete(checksum());
    assertThat(mailboxes.pending()).isZero();
    assertThat(arrive("one").needed()).isFalse();
  }
}
