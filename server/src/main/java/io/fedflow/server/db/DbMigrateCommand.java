package io.fedflow.server.db;

import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.Console;
import io.fedflow.storage.sql.Migrations;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fedflow db migrate}. */
@Command(
    name = "migrate",
    description = {
      "Brings the schema of a server's database up to date, as the next start of the server would,",
      "and makes the database's tables if it has none. Of several at once one does it."
    })
final class DbMigrateCommand implements Callable<Integer> {

  @Mixin private StorePlace place;
  @Mixin private Console console;

  @Override
  public Integer call() throws Exception {
    int before = before();
    place.migrate();
    int now = Migrations.all().last();
    console.result(
        Map.of("before", before, "now", now),
        () ->
            before == now
                ? "the schema is up to date: " + now
                : "the schema was " + before + " and is " + now);
    return 0;
  }

  private int before() throws Exception {
    try {
      return place.snapshot(snapshot -> snapshot.applied().size());
    } catch (FedflowException refusal) {
      if (refusal.code().equals("store.unknown")) {
        return 0;
      }
      throw refusal;
    }
  }
}
