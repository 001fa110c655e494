package io.fedflow.transport.http.wire;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** The address under which a client reached this server: right behind tunnels and port mappings. */
final class PublicBase {

  private PublicBase() {}

  static String of(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null || !authority.host().matches("[A-Za-z0-9.:\\[\\]_-]+")) {
      return "http://" + request.localAddress().host() + ':' + request.localAddress().port();
    }
    return request.scheme()
        + "://"
        + authority.host()
        + (authority.port() > 0 ? ":" + authority.port() : "");
  }
}
