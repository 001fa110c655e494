package io.fedflow.transport.http.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which routes the audit log records, and in which words. Immutable. */
public final class AuditedRoutes {

  private static final String NOTHING = "-";

  private final Map<String, Action> byRoute = new HashMap<>();

  private AuditedRoutes() {}

  /**
   * What a route does.
   *
   * @param name in the words of the audit log; {@code -} if it changes nothing
   * @param about names of the arguments that tell about what; those that are given are joined
   */
  record Action(String name, List<String> about) {}

  /** Reads the list beside this class. */
  public static AuditedRoutes load() {
    AuditedRoutes routes = new AuditedRoutes();
    try (InputStream in = AuditedRoutes.class.getResourceAsStream("audited-routes.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                String[] words = line.split(" ");
                routes.byRoute.put(
                    words[0] + ' ' + words[1],
                    new Action(words[2], List.of(Arrays.copyOfRange(words, 3, words.length))));
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return routes;
  }

  /** All routes that have a line, as method and path. */
  public Set<String> listed() {
    return Set.copyOf(byRoute.keySet());
  }

  /** What a route does, if it is recorded. */
  Optional<Action> action(String method, String path) {
    return Optional.ofNullable(byRoute.get(method + ' ' + path))
        .filter(action -> !action.name().equals(NOTHING));
  }
}
