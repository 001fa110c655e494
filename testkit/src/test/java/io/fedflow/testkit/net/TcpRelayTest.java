package io.fedflow.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that echoes, behind a relay. */
@Timeout(60)
class TcpRelayTest {

  private ServerSocket echo;
  private TcpRelay relay;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Pump.daemon("echo", this::serve);
    relay = TcpRelay.to(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    echo.close();
  }

  @Test
  void passesEverythingInOrderAndEnds() throws Exception {
    byte[] sent = random(3_000_000);
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    relay.listen(
        bytes -> {
          synchronized (heard) {
            heard.writeBytes(bytes);
          }
        });
    try (Socket client = connect()) {
      CompletableFuture<byte[]> back = readAll(client);
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      assertThat(back.get()).isEqualTo(sent);
    }
    assertThat(relay.passed()).isEqualTo(2L * sent.length);
    assertThat(heard.size()).isEqualTo(2 * sent.length);
  }

  @Test
  void showsEachDirectionByItself() throws Exception {
    List<ByteArrayOutputStream> directions = new CopyOnWriteArrayList<>();
    relay.listenEach(
        () -> {
          ByteArrayOutputStream direction = new ByteArrayOutputStream();
          directions.add(direction);
          return direction::writeBytes;
        });
    byte[] sent = random(300_000);
    try (Socket client = connect()) {
      CompletableFuture<byte[]> back = readAll(client);
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      assertThat(back.get()).isEqualTo(sent);
    }
    assertThat(directions)
        .hasSize(2)
        .allSatisfy(direction -> assertThat(direction.toByteArray()).isEqualTo(sent));
  }

  @Test
  void passesEverythingInPieces() throws Exception {
    relay.trouble(Trouble.NONE.splitInto(7));
    byte[] sent = random(10_000);
    try (Socket client = connect()) {
      CompletableFuture<byte[]> back = readAll(client);
      client.getOutputStream().write(sent);
      client.shutdownOutput();
      assertThat(back.get()).isEqualTo(sent);
    }
  }

  @Test
  void aDelayIsOneOfTheWayAndNotOfTheRate() throws Exception {
    relay.trouble(Trouble.NONE.delayedBy(Duration.ofMillis(100)));
    try (Socket client = connect()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      long began = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        client.getOutputStream().write(i);
        client.getOutputStream().flush();
      }
      for (int i = 0; i < 50; i++) {
        assertThat(in.readUnsignedByte()).isEqualTo(i);
      }
      // There and back; no upper bound, since machines are as busy as they are.
      assertThat(System.nanoTime() - began).isGreaterThan(Duration.ofMillis(200).toNanos());
    }
  }

  @Test
  void aThrottledLineIsSlow() throws Exception {
    relay.trouble(Trouble.NONE.throttledTo(10_000));
    try (Socket client = connect()) {
      long began = System.nanoTime();
      client.getOutputStream().write(new byte[5_000]);
      new DataInputStream(client.getInputStream()).readFully(new byte[5_000]);
      assertThat(System.nanoTime() - began).isGreaterThan(Duration.ofMillis(400).toNanos());
    }
  }

  @Test
  void whatIsStalledStaysOpenAndArrivesLater() throws Exception {
    try (Socket client = connect()) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().read()).isEqualTo(1);
      relay.trouble(Trouble.NONE.stall());
      client.getOutputStream().write(2);
      client.setSoTimeout(200);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      client.setSoTimeout(0);
      relay.trouble(Trouble.NONE);
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void whatIsForgottenStaysOpenAndNewConnectionsWork() throws Exception {
    try (Socket old = connect()) {
      old.getOutputStream().write(1);
      assertThat(old.getInputStream().read()).isEqualTo(1);
      relay.forget();
      old.getOutputStream().write(2);
      try (Socket client = connect()) {
        client.getOutputStream().write(3);
        assertThat(client.getInputStream().read()).isEqualTo(3);
      }
      old.setSoTimeout(200);
      assertThatThrownBy(() -> old.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void resetsAfterSoManyBytesAndTakesNewConnections() throws Exception {
    relay.resetAfter(1_000);
    try (Socket client = connect()) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.getOutputStream().write(new byte[100]);
                  new DataInputStream(client.getInputStream()).readFully(new byte[100]);
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(relay.resetPending()).isFalse();
    assertThat(relay.passed()).isBetween(1_000L, 1_200L);
    try (Socket client = connect()) {
      client.getOutputStream().write(3);
      assertThat(client.getInputStream().read()).isEqualTo(3);
    }
    assertThat(relay.accepted()).isEqualTo(2);
  }

  @Test
  void aServerThatIsNotThereLooksLikeAReset() throws Exception {
    echo.close();
    try (Socket client = connect()) {
      assertThatThrownBy(
              () -> {
                if (client.getInputStream().read() < 0) {
                  throw new IOException("ended");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), relay.port());
  }

  private static CompletableFuture<byte[]> readAll(Socket socket) {
    CompletableFuture<byte[]> all = new CompletableFuture<>();
    Pump.daemon(
        "client",
        () -> {
          try {
            all.complete(socket.getInputStream().readAllBytes());
          } catch (IOException broken) {
            all.completeExceptionally(broken);
          }
        });
    return all;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private void serve() {
    while (true) {
      try {
        Socket client = echo.accept();
        Pump.daemon("echo", () -> echo(client));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
      client.shutdownOutput();
    } catch (IOException broken) {
      // The test looks at the other end.
    }
  }
}
