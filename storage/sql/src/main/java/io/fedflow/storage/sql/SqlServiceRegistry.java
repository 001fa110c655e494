package io.fedflow.storage.sql;

import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The servers of a site in the database that they share. */
final class SqlServiceRegistry implements ServiceRegistry {

  private static final SqlTable SERVERS =
      SqlTable.of(
          "site_server", "instance_id", "host http_port grpc_port software started lease_end");

  private static final String PUT = SERVERS.put();
  private static final String REMOVE = SERVERS.deleteByPrefix(1);
  private static final String FORGET = "DELETE FROM site_server WHERE lease_end < $1";
  private static final String LIVE =
      SERVERS.select() + " WHERE lease_end > $1 ORDER BY started, instance_id";

  private final SqlEngine sql;

  SqlServiceRegistry(SqlEngine sql) {
    this.sql = sql;
  }

  @Override
  public CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
    long end = ServiceRegistry.leaseEnd(now, lease);
    Args args =
        new Args()
            .text(server.instanceId())
            .text(server.host())
            .number(server.httpPort())
            .number(server.grpcPort())
            .text(server.software())
            .number(server.started())
            .number(end);
    Args gone = new Args().number(now - FORGOTTEN_AFTER.toMillis());
    return sql.change(List.of(Step.any(FORGET, gone), Step.any(PUT, args)));
  }

  @Override
  public CompletionStage<Void> withdraw(String instanceId) {
    return sql.change(List.of(Step.any(REMOVE, new Args().text(instanceId))));
  }

  @Override
  public CompletionStage<List<SiteServer>> live(long now) {
    return sql.read(LIVE, new Args().number(now).list(), SqlServiceRegistry::server);
  }

  private static SiteServer server(SqlRow row) {
    RowReader in = new RowReader(row);
    return new SiteServer(in.text(), in.text(), in.integer(), in.integer(), in.text(), in.number());
  }
}
