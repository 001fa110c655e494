package io.fedflow.transport.grpc;

import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for sites that must come back at the same place. */
final class FreePort {

  private FreePort() {}

  /** An address at which nobody listens. */
  static SiteAddress address() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new SiteAddress("127.0.0.1", socket.getLocalPort());
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }
}
