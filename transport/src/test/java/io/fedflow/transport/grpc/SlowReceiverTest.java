package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.Done;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.grpc.wire.Outcome;
import io.fedflow.transport.grpc.wire.Position;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that take nothing for long: nobody's memory fills, and in the end all is there. */
class SlowReceiverTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);
  private static final int MEGABYTE = 1 << 20;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }

  @Test
  void taskThatTakesNothing_makes200MegabytesWaitInFiles(@TempDir Path folder) throws Exception {
    long memory = 8L * MEGABYTE;
    PayloadRoom room = PayloadRoom.bounded(memory, 1L << 30, folder);
    Mailboxes mailboxes = new Mailboxes(room);
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            LinkSecurity.plaintext());
    GrpcLinks links = links(server.listen("127.0.0.1", 0).toCompletableFuture().get(60, SECONDS));
    // One content for all: what the test itself keeps must not count.
    Payload payload = Payload.ofCiphertexts(noise(5 * MEGABYTE));
    List<Callable<Long>> deliveries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Envelope envelope = envelope(i, payload);
      deliveries.add(
          () -> {
            links.deliver(envelope);
            return room.memoryUsed();
          });
    }

    for (long used : inParallel(deliveries)) {
      assertThat(used).as("bytes in memory after a delivery").isLessThanOrEqualTo(memory);
    }

    assertThat(mailboxes.pending()).isEqualTo(40);
    assertThat(room.memoryUsed()).isEqualTo(5L * MEGABYTE);
    assertThat(room.fileBytesUsed()).isEqualTo(39 * 5L * MEGABYTE);
    assertThat(room.spilled()).isEqualTo(39);
    assertThat(onDisk(folder)).isEqualTo(39 * 5L * MEGABYTE);
    for (int i = 0; i < 40; i++) {
      assertThat(mailboxes.take(envelope(i, payload).key(), 0)).isEqualTo(payload);
    }
    assertThat(room.memoryUsed()).isZero();
    assertThat(room.fileBytesUsed()).isZero();
    assertThat(onDisk(folder)).isZero();
  }

  @Test
  void siteOfAnEarlierRelease_thatAsksForNothingMore_getsNothingMore() throws Exception {
    EarlierSite site = new EarlierSite();
    GrpcLinks links = links(site.listen());
    int size = 200 * MEGABYTE;
    // Zeros would shrink, if the site took them so.
    Envelope large = envelope(0, Payload.ofBytes(new byte[size]));
    CompletableFuture<Void> delivered = CompletableFuture.runAsync(() -> deliver(links, large));
    site.awaitBytes(0, EarlierSite.FIRST_LIMIT);
    // Others get through meanwhile: the large one waits for its limit, not for the connection.
    Envelope small = envelope(1, Payload.ofBytes(new byte[1000]));
    deliver(links, small);

    assertThat(delivered).isNotDone();
    assertThat(site.bytes(0))
        .as("sent before more was asked for")
        .isEqualTo(EarlierSite.FIRST_LIMIT);

    site.takeAll();
    delivered.get(120, SECONDS);
    assertThat(site.bytes(0)).isEqualTo(size);
    assertThat(site.strangeFrames).as("frames that it does not know").isZero();
  }

  /** Takes the frames that releases before deflated pieces know, up to a limit that it holds. */
  private final class EarlierSite {

    static final long FIRST_LIMIT = 3L * MEGABYTE;

    private final Map<String, Long> taken = new ConcurrentHashMap<>();
    private volatile boolean takesAll;
    private volatile int strangeFrames;
    private volatile Runnable more = () -> {};

    int listen() throws Exception {
      GrpcServer services =
          GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(8L << 20))
              .callHandler(
                  Protocol.HELLO.server(),
                  call ->
                      call.handler(
                          hello ->
                              call.response()
                                  .end(
                                      HelloReply.newBuilder()
                                          .setProtocols(Protocol.versions())
                                          .addPartyIds(HOST.id())
                                          .build())))
              .callHandler(Protocol.EXCHANGE.server(), this::exchange);
      return vertx
          .createHttpServer()
          .requestHandler(services)
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(60, SECONDS)
          .actualPort();
    }

    private void exchange(GrpcServerRequest<Buffer, Ack> call) {
      String[] suffix = {""};
      long[] size = {0};
      call.handler(
          message -> {
            Frame frame = parsed(message);
            if (frame.hasHeader()) {
              suffix[0] = frame.getHeader().getSuffix();
              size[0] = frame.getHeader().getSize();
              strangeFrames += frame.getHeader().hasFirst() ? 1 : 0;
              if (!takesAll && size[0] > FIRST_LIMIT) {
                more = () -> tell(call, taken.get(suffix[0]), size[0]);
              }
              tell(call, 0, takesAll ? size[0] : FIRST_LIMIT);
              return;
            }
            strangeFrames += frame.getPiece().getInflated() == 0 ? 0 : 1;
            long before = taken.getOrDefault(suffix[0], 0L);
            strangeFrames += frame.getPiece().getOffset() == before ? 0 : 1;
            long now = before + frame.getPiece().getData().size();
            taken.put(suffix[0], now);
            if (now == size[0]) {
              Outcome done = Outcome.newBuilder().setDone(Done.getDefaultInstance()).build();
              call.response().end(Ack.newBuilder().setOutcome(done).build());
            } else if (takesAll) {
              tell(call, now, size[0]);
            }
          });
    }

    private Frame parsed(Buffer message) {
      try {
        return Frame.parseFrom(message.getBytes());
      } catch (InvalidProtocolBufferException malformed) {
        throw new AssertionError(malformed);
      }
    }

    private void tell(GrpcServerRequest<Buffer, Ack> call, long received, long limit) {
      Position position = Position.newBuilder().setReceived(received).setLimit(limit).build();
      call.response().write(Ack.newBuilder().setPosition(position).build());
    }

    void takeAll() {
      takesAll = true;
      more.run();
    }

    long bytes(int number) {
      return taken.getOrDefault(envelope(number, Payload.ofBytes(new byte[0])).tag().suffix(), 0L);
    }

    void awaitBytes(int number, long wanted) {
      long deadline = System.nanoTime() + SECONDS.toNanos(60);
      while (bytes(number) < wanted) {
        assertThat(System.nanoTime()).as("bytes in time").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  private static void deliver(GrpcLinks links, Envelope envelope) {
    try {
      links.deliver(envelope);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls, 180, SECONDS)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static long onDisk(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  private GrpcLinks links(int port) {
    return new GrpcLinks(
        vertx,
        new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes()),
        RoutingTable.of(Map.of(HOST.id(), new SiteAddress("127.0.0.1", port))),
        new JacksonJsonCodec(),
        LinkOptions.DEFAULT
            .givingUpAfter(Duration.ofSeconds(60))
            .callingFor(Duration.ofSeconds(60)),
        WireLimits.DEFAULT,
        LinkSecurity.plaintext());
  }

  private static Envelope envelope(int number, Payload payload) {
    return new Envelope(TASK, GUEST, HOST, MessageTag.of("block", number), payload);
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
