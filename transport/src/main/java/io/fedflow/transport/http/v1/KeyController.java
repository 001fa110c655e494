package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.key.PartnerKeys;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;

/** {@code /v1/key}: the public keys of partners. Private keys are never kept here. */
public final class KeyController implements Controller {

  private static final String PUBLIC = "public";

  private final PartnerKeys keys;

  /** Routes onto this site. */
  public KeyController(Site site) {
    this.keys = site.keys();
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/key/public/save", this::save);
    routes.post("/v1/key/query", this::query);
    routes.post("/v1/key/public/delete", this::delete);
  }

  private Future<? extends Answer> save(Call call) {
    Arguments arguments = call.arguments().require("party_id", "key");
    String party = arguments.requiredText("party_id");
    String key = arguments.requiredText("key");
    return call.blocking(() -> keys.save(party, key))
        .map(replaced -> Envelope.ok(replaced ? "update success" : "save success"));
  }

  /** A key that is not there is answered without data. */
  private Future<? extends Answer> query(Call call) {
    Arguments arguments = call.arguments();
    String party = arguments.requiredText("party_id");
    String name = arguments.text("key_name").orElse(PUBLIC);
    if (!name.equals(PUBLIC)) {
      throw FedflowException.invalid(
          "argument.type", "key_name: found '" + name + "', allowed " + PUBLIC);
    }
    return call.blocking(() -> keys.find(party)).map(key -> Envelope.ok(key.orElse(null)));
  }

  /** FATE deletes the key and answers with an error all the same. */
  private Future<? extends Answer> delete(Call call) {
    String party = call.arguments().requiredText("party_id");
    return call.blocking(() -> keys.delete(party))
        .map(known -> Envelope.ok(known ? "delete success" : "there was no key of party " + party));
  }
}
