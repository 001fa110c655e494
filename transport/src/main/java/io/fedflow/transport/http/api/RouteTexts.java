package io.fedflow.transport.http.api;

import io.fedflow.transport.http.wire.Mounted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is written about routes beside the code: a line for each route that works, its arguments,
 * which a test writes, and a line for each name of an argument. Immutable.
 */
public final class RouteTexts {

  private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z.+-]+");

  private final Map<String, Summary> summaries = new LinkedHashMap<>();
  private final Map<String, List<RouteArgument>> arguments = new LinkedHashMap<>();
  private final Map<String, String> words = new LinkedHashMap<>();

  /**
   * What a route does.
   *
   * @param mediaType of its answers; empty for envelopes and downloads
   * @param text one sentence or two
   */
  record Summary(String mediaType, String text) {}

  private RouteTexts() {
    read("route-summaries.txt", 3, (route, text) -> summaries.put(route, summary(text)));
    read(
        "route-arguments.txt",
        3,
        (route, text) ->
            arguments.put(route, Stream.of(text.split(" ")).map(RouteArgument::parse).toList()));
    read("argument-words.txt", 2, words::put);
  }

  /** Reads the lists beside this class. */
  public static RouteTexts load() {
    return new RouteTexts();
  }

  /** The routes that have a line, as method and path. */
  public Iterable<String> described() {
    return summaries.keySet();
  }

  /** The names of arguments that have a line. */
  public Iterable<String> words() {
    return words.keySet();
  }

  /** The arguments of a route. */
  public List<RouteArgument> arguments(Mounted route) {
    return arguments.getOrDefault(key(route), List.of());
  }

  /** What a route does; one that works and has no line is described by its path. */
  Summary summary(Mounted route) {
    return switch (route.state()) {
      case WORKS -> summaries.getOrDefault(key(route), new Summary("", route.path()));
      case REFUSED -> new Summary("", "Refused: " + route.note() + '.');
      case PENDING -> new Summary("", "Not yet: " + route.note() + '.');
    };
  }

  /** What an argument means. */
  String word(String argument) {
    return words.getOrDefault(argument, "");
  }

  /** A route as the lists name it. */
  public static String key(Mounted route) {
    return route.method() + ' ' + route.path();
  }

  private static Summary summary(String text) {
    int space = text.indexOf(' ');
    return MEDIA_TYPE.matcher(text.substring(0, space)).matches()
        ? new Summary(text.substring(0, space), text.substring(space + 1))
        : new Summary("", text);
  }

  /** Gives the first words of each line, all but the last part, and the rest. */
  private static void read(String name, int parts, BiConsumer<String, String> line) {
    try (InputStream in = RouteTexts.class.getResourceAsStream(name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String each : reader.lines().toList()) {
        if (!each.startsWith("#")) {
          String[] words = each.split(" ", parts);
          String rest = words[parts - 1];
          line.accept(each.substring(0, each.length() - rest.length() - 1), rest);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
