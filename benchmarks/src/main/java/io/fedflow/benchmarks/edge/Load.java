package io.fedflow.benchmarks.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Sends one request again and again over some connections, each of which waits for its answer
 * before it sends the next. One thread and next to no work, so that it is not itself what is
 * measured.
 */
final class Load {

  private final InetSocketAddress address;
  private final byte[] request;
  private final List<Long> nanos = new ArrayList<>();
  private long begun;
  private long ended;

  /**
   * What was reached.
   *
   * @param rate answers a second
   * @param median in milliseconds
   * @param p99 in milliseconds
   */
  record Reached(double rate, double median, double p99) {}

  /** A POST request with a JSON body. */
  Load(int port, String path, byte[] body) {
    this.address = new InetSocketAddress("127.0.0.1", port);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    request = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, request, bytes.length, body.length);
  }

  /**
   * Sends for a while.
   *
   * @param most ends earlier after so many answers
   */
  Reached run(int connections, double seconds, int most) throws IOException {
    nanos.clear();
    List<Connection> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        Connection connection = new Connection(SocketChannel.open(address));
        connection.channel.configureBlocking(false);
        connection.channel.register(selector, SelectionKey.OP_READ, connection);
        all.add(connection);
      }
      begun = System.nanoTime();
      long until = begun + (long) (seconds * 1e9);
      for (Connection connection : all) {
        connection.send();
      }
      while (System.nanoTime() < until && nanos.size() < most) {
        selector.select(100);
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
          ((Connection) keys.next().attachment()).receive();
          keys.remove();
        }
      }
      ended = System.nanoTime();
    } finally {
      for (Connection connection : all) {
        connection.channel.close();
      }
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Reached(sorted.length / ((ended - begun) / 1e9), at(sorted, 0.5), at(sorted, 0.99));
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))] / 1e6;
  }

  /** One connection with at most one request under way. */
  private final class Connection {

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.wrap(request);
    private final ByteBuffer in = ByteBuffer.allocate(1 << 20);
    private long sentAt;
    private int whole = -1;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void send() throws IOException {
      out.clear();
      in.clear();
      whole = -1;
      sentAt = System.nanoTime();
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    void receive() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the server closed a connection");
      }
      if (whole < 0) {
        whole = length();
      }
      if (whole >= 0 && in.position() >= whole) {
        nanos.add(System.nanoTime() - sentAt);
        send();
      }
    }

    /** The length of the whole answer once its head is there, else -1. */
    private int length() throws IOException {
      String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return -1;
      }
      String head = text.substring(0, end).toLowerCase(Locale.ROOT);
      int at = head.indexOf("content-length:");
      if (!head.startsWith("http/1.1 200") || at < 0) {
        throw new IOException("answered " + head);
      }
      int line = head.indexOf('\r', at);
      return end
          + 4
          + Integer.parseInt(head.substring(at + 15, line < 0 ? head.length() : line).strip());
    }
  }
}
