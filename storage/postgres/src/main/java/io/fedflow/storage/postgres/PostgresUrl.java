package io.fedflow.storage.postgres;

import io.fedflow.failure.FedflowException;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.URISyntaxException;

/** Reads {@code postgres://user[:password]@host[:port]/name}. The password never shows. */
final class PostgresUrl {

  private static final String FORM = "postgres://user[:password]@host[:port]/name";

  private final PgConnectOptions options;

  private PostgresUrl(PgConnectOptions options) {
    this.options = options;
  }

  /**
   * Reads a URL.
   *
   * @throws FedflowException {@code store.url} if it is not of the form
   */
  static PostgresUrl parse(String url) {
    URI uri = uri(url);
    require("postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme()), "scheme");
    require(uri.getRawUserInfo() != null && !uri.getRawUserInfo().startsWith(":"), "user");
    require(uri.getHost() != null, "host");
    require(uri.getPath() != null && uri.getPath().length() > 1, "database name");
    try {
      return new PostgresUrl(PgConnectOptions.fromUri(url));
    } catch (RuntimeException e) {
      // The client's message holds the URL with its password: it must not become our cause.
      throw refused("an option that is not known");
    }
  }

  PgConnectOptions options() {
    return new PgConnectOptions(options);
  }

  String user() {
    return options.getUser();
  }

  String database() {
    return options.getDatabase();
  }

  String address() {
    return options.getHost() + ':' + options.getPort();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "postgres://" + user() + '@' + address() + '/' + database();
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw refused("a character that must be percent-encoded");
    }
  }

  private static void require(boolean there, String part) {
    if (!there) {
      throw refused("no valid " + part);
    }
  }

  private static FedflowException refused(String found) {
    return FedflowException.invalid(
        "store.url", "Postgres URL: found " + found + ", expected " + FORM);
  }
}
