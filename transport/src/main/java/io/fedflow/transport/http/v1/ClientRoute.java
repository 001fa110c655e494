package io.fedflow.transport.http.v1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A route that FATE's clients may call. Immutable.
 *
 * @param number which of the 115 it is, from 1; the words that one route takes share its number
 * @param group FATE's group
 * @param methods HTTP methods, the usual one first
 * @param path its path; parts that vary stand in angle brackets
 * @param file whether clients take any HTTP 200 for a file
 */
public record ClientRoute(
    int number, String group, List<String> methods, String path, boolean file) {

  private static final String LIST = "client-routes.txt";

  /** Copies the list. */
  public ClientRoute {
    methods = List.copyOf(methods);
  }

  /** All of them, in order. */
  public static List<ClientRoute> all() {
    List<ClientRoute> routes = new ArrayList<>();
    int number = 0;
    for (String line : lines(LIST)) {
      number++;
      String[] words = line.split(" ");
      List<String> methods = List.of(words[1].split(","));
      for (String path : expand(words[2])) {
        routes.add(new ClientRoute(number, words[0], methods, path, words.length > 3));
      }
    }
    return routes;
  }

  /** The path as a router takes it. */
  public String mountPath() {
    return path.replace("<", ":").replace(">", "");
  }

  /** The lines of a list beside this class, without remarks. */
  static List<String> lines(String name) {
    try (InputStream in = ClientRoute.class.getResourceAsStream(name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> expand(String path) {
    int open = path.indexOf('{');
    if (open < 0) {
      return List.of(path);
    }
    String before = path.substring(0, open);
    List<String> paths = new ArrayList<>();
    for (String word : path.substring(open + 1, path.length() - 1).split(",")) {
      paths.add(before + word);
    }
    return paths;
  }
}
