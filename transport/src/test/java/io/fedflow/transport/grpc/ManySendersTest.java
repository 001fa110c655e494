package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.testkit.link.RecordingEngine;
import io.fedflow.testkit.net.TcpRelay;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many senders at once, over one connection with TLS. */
class ManySendersTest {

  private static final Party GUEST = Party.of("guest", "9999");
  private static final Party HOST = Party.of("host", "10000");
  private static final TaskId TASK = new TaskId("job", "lr_0", 0);

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Mailboxes mailboxes = new Mailboxes();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }

  @Test
  void allGetTheirTurn_onOneConnection() throws Exception {
    everythingArrives(5, 100, 1, 70_000);
  }

  /** Transfers begin all the time while the connection's buffer is full. */
  @Test
  void noneStandsStill_whileTheConnectionIsFull() throws Exception {
    everythingArrives(1, 64, 8, 1 << 20);
  }

  private void everythingArrives(int rounds, int senders, int each, int bytes) throws Exception {
    TestIdentities identities = TestIdentities.in(folder);
    PartyGrpcServer server =
        new PartyGrpcServer(
            vertx,
            new LocalSite(Set.of(HOST.id()), RecordingEngine.accepting(), mailboxes),
            new JacksonJsonCodec(),
            WireLimits.DEFAULT,
            identities.security(HOST.id()));
    int port = server.listen("127.0.0.1", 0).toCompletableFuture().get(60, SECONDS);
    Payload payload = Payload.ofCiphertexts(noise(bytes));
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    for (int round = 0; round < rounds; round++) {
      TcpRelay relay = TcpRelay.to(port);
      GrpcLinks links =
          new GrpcLinks(
              vertx,
              new LocalSite(Set.of(GUEST.id()), RecordingEngine.accepting(), new Mailboxes()),
              RoutingTable.of(Map.of(HOST.id(), new SiteAddress("127.0.0.1", relay.port()))),
              new JacksonJsonCodec(),
              LinkOptions.DEFAULT,
              WireLimits.DEFAULT,
              identities.security(GUEST.id()));
      List<Callable<Void>> sending = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        int first = (round * senders + i) * each;
        sending.add(
            () -> {
              for (int number = first; number < first + each; number++) {
                Envelope envelope =
                    new Envelope(TASK, GUEST, HOST, MessageTag.of("block", number), payload);
                links.deliver(envelope);
                assertThat(mailboxes.take(envelope.key(), 0)).isEqualTo(payload);
              }
              return null;
            });
      }

      for (Future<Void> sent : threads.invokeAll(sending, 180, SECONDS)) {
        sent.get();
      }

      // One for greetings and commands, one for envelopes: none had to be given up.
      assertThat(relay.accepted()).as("connections in round %d", round).isEqualTo(2);
      links.close().toCompletableFuture().get(60, SECONDS);
      relay.close();
    }
    threads.shutdown();
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
