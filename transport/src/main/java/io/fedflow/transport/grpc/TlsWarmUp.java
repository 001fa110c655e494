package io.fedflow.transport.grpc;

import io.fedflow.identity.LiveIdentity;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake of a site with itself in memory: the JDK loads some hundred classes for the first
 * one, which would stand an event loop still for longer than it may be.
 */
final class TlsWarmUp {

  private static final int MOST_STEPS = 50;

  private TlsWarmUp() {}

  static void run(LiveIdentity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity.keyManagers().getKeyManagers(),
          identity.trustManagers().getTrustManagers(),
          null);
      SSLEngine client = context.createSSLEngine("self", 1);
      client.setUseClientMode(true);
      SSLEngine server = context.createSSLEngine();
      server.setUseClientMode(false);
      server.setNeedClientAuth(true);
      handshake(client, server);
    } catch (GeneralSecurityException | SSLException noMatter) {
      // A site need not trust its own certificate; whoever does not get through learns why then.
      return;
    }
  }

  private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
    int size = client.getSession().getPacketBufferSize() * 2;
    ByteBuffer toServer = ByteBuffer.allocate(size);
    ByteBuffer toClient = ByteBuffer.allocate(size);
    ByteBuffer plain = ByteBuffer.allocate(client.getSession().getApplicationBufferSize() * 2);
    client.beginHandshake();
    server.beginHandshake();
    for (int step = 0; step < MOST_STEPS; step++) {
      step(client, toServer, toClient, plain);
      step(server, toClient, toServer, plain);
      if (idle(client) && idle(server)) {
        return;
      }
    }
  }

  private static boolean idle(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in, ByteBuffer plain)
      throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      }
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      default -> {
        in.flip();
        SSLEngineResult.Status status = engine.unwrap(in, plain).getStatus();
        in.compact();
        plain.clear();
        if (status == SSLEngineResult.Status.CLOSED) {
          throw new SSLException("closed");
        }
      }
    }
  }
}
