package io.fedflow.transport.http.board;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditEvent;
import io.fedflow.audit.AuditPage;
import io.fedflow.audit.AuditQuery;
import io.fedflow.audit.AuditRecord;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.AuditLog;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who did what at this site, newest first. */
public final class AuditController implements Controller {

  private static final int USUAL = 100;

  private final Optional<AuditLog> log;

  /**
   * Shows a log.
   *
   * @param log empty if the server keeps none
   */
  public AuditController(Optional<AuditLog> log) {
    this.log = log;
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/fedflow/v1/audit", this::page);
  }

  private Future<? extends Answer> page(Call call) {
    Arguments query = call.query();
    AuditQuery wanted =
        new AuditQuery(
            number(query, "before"),
            query.integer("limit", USUAL, 1, AuditQuery.MOST),
            query.text("action").orElse(""),
            query.text("subject").orElse(""));
    AuditLog kept =
        log.orElseThrow(
            () -> FedflowException.invalid("audit.unknown", "this server keeps no audit log"));
    return call.await(kept.page(wanted)).map(page -> Envelope.ok(tree(page)).large());
  }

  /** Numbers of records are longer than an int. */
  private static long number(Arguments query, String name) {
    String text = query.text(name).orElse("0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException wrong) {
      throw FedflowException.invalid(
          "argument.type", name + ": found '" + text + "', allowed a whole number");
    }
  }

  private static Map<String, Object> tree(AuditPage page) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("records", page.records().stream().map(AuditController::tree).toList());
    tree.put("next", page.next());
    tree.put("head", page.head().toString());
    return tree;
  }

  private static Map<String, Object> tree(AuditRecord record) {
    AuditEvent event = record.event();
    Actor who = event.who();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("number", record.number());
    tree.put("time", record.time());
    tree.put("kind", who.kind().text());
    tree.put("name", who.name());
    tree.put("address", who.address());
    tree.put("identity", who.identity());
    tree.put("action", event.action());
    tree.put("subject", event.subject());
    tree.put("outcome", event.outcome().text());
    tree.put("of", event.of());
    tree.put("detail", event.detail());
    tree.put("hash", record.hash());
    return tree;
  }
}
