package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.TableRef;
import io.fedflow.failure.FedflowException;
import io.fedflow.permission.GrantPolicy;
import io.fedflow.permission.Grants;
import io.fedflow.permission.Limit;
import io.fedflow.permission.PermissionManager;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code /v1/permission}: what other parties may do at this site. */
public final class PermissionController implements Controller {

  private static final String ALL = Grants.ALL;

  private final Site site;
  private final Optional<PermissionManager> permissions;

  /**
   * Routes onto this site.
   *
   * @param permissions empty if this site checks none
   */
  public PermissionController(Site site, Optional<PermissionManager> permissions) {
    this.site = site;
    this.permissions = permissions;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/permission/grant", this::grant);
    routes.post("/v1/permission/delete", this::revoke);
    routes.post("/v1/permission/query", this::query);
  }

  private Future<? extends Answer> grant(Call call) {
    PermissionManager manager = switchedOn();
    Arguments arguments = asked(call);
    String party = arguments.requiredText("party_id");
    if (isAll(arguments.any("dataset").orElse(null))) {
      throw Refusal.of(
          Retcode.EXCEPTION, "dataset: found '*', allowed tables one by one when granting");
    }
    Grants more =
        new Grants(
            components(arguments),
            new LinkedHashSet<>(tables(arguments)),
            limit(arguments, "role", Grants.ROLES),
            limit(arguments, "command", Grants.COMMANDS));
    return call.blocking(
        () -> {
          manager.grant(party, more);
          return Envelope.ok();
        });
  }

  private Future<? extends Answer> revoke(Call call) {
    PermissionManager manager = switchedOn();
    Arguments arguments = asked(call);
    String party = arguments.requiredText("party_id");
    boolean allTables = isAll(arguments.any("dataset").orElse(null));
    Set<String> components = components(arguments);
    Limit roles = limit(arguments, "role", Grants.ROLES);
    Limit commands = limit(arguments, "command", Grants.COMMANDS);
    List<TableRef> tables = allTables ? List.of() : tables(arguments);
    return call.blocking(
        () -> {
          Set<TableRef> less = allTables ? manager.of(party).tables() : new LinkedHashSet<>(tables);
          manager.revoke(party, new Grants(components, less, roles, commands));
          return Envelope.ok();
        });
  }

  private Future<? extends Answer> query(Call call) {
    PermissionManager manager = switchedOn();
    String party = call.arguments().requiredText("party_id");
    return call.blocking(() -> manager.of(party)).map(grants -> Envelope.ok(tree(grants)).large());
  }

  private static Map<String, Object> tree(Grants grants) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("component", List.copyOf(grants.components()));
    tree.put(
        "dataset",
        grants.tables().stream()
            .map(table -> Map.of("namespace", table.namespace(), "name", table.name()))
            .toList());
    if (grants.roles().limited()) {
      tree.put("role", List.copyOf(grants.roles().names()));
    }
    if (grants.commands().limited()) {
      tree.put("command", List.copyOf(grants.commands().names()));
    }
    return tree;
  }

  private PermissionManager switchedOn() {
    return permissions.orElseThrow(
        () ->
            Refusal.of(
                Retcode.EXCEPTION,
                "this server checks no permissions; start it with --permissions to let it"));
  }

  private static Arguments asked(Call call) {
    Arguments arguments = call.arguments().require("party_id");
    if (Stream.of("component", "dataset", "role", "command").noneMatch(arguments::has)) {
      throw FedflowException.invalid(
          "argument.missing",
          "required arguments are missing: component or dataset, or role or command");
    }
    return arguments;
  }

  private Set<String> components(Arguments arguments) {
    Set<String> components = new LinkedHashSet<>();
    for (String part : arguments.texts("component")) {
      for (String name : part.split(",")) {
        components.add(name.strip().equals(ALL) ? ALL : module(name.strip()));
      }
    }
    return components;
  }

  /** FATE 1.11 knows neither roles nor commands; without them nothing is limited. */
  private static Limit limit(Arguments arguments, String argument, Set<String> known) {
    Set<String> names = new LinkedHashSet<>();
    for (String part : arguments.texts(argument)) {
      for (String name : part.split(",")) {
        String one = name.strip();
        if (!one.equals(ALL) && !known.contains(one)) {
          throw Refusal.of(
              Retcode.EXCEPTION,
              argument + ": found '" + one + "', allowed * or " + new TreeSet<>(known));
        }
        names.add(one);
      }
    }
    return Limit.of(names);
  }

  private String module(String name) {
    return GrantPolicy.moduleOf(site.components(), name)
        .orElseThrow(
            () ->
                Refusal.of(
                    Retcode.EXCEPTION,
                    "component: found '" + name + "', allowed " + site.components().names()));
  }

  private static boolean isAll(Object dataset) {
    return ALL.equals(dataset);
  }

  private static List<TableRef> tables(Arguments arguments) {
    Object given = arguments.any("dataset").orElse(List.of());
    List<TableRef> tables = new ArrayList<>();
    for (Object each : given instanceof List<?> list ? list : List.of(given)) {
      if (!(each instanceof Map<?, ?>)) {
        throw FedflowException.invalid(
            "argument.type",
            "dataset: found '" + each + "', allowed an object with namespace and name, or a list");
      }
      Arguments table = Arguments.of(each).require("namespace", "name");
      tables.add(new TableRef(table.requiredText("namespace"), table.requiredText("name")));
    }
    return tables;
  }
}
