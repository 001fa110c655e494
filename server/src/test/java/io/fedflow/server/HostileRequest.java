package io.fedflow.server;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes requests that nobody should send: sound ones with some arguments replaced or missing,
 * damaged bytes, noise, forms, wrong methods and paths.
 *
 * @param method the HTTP method
 * @param path with query, percent-encoded
 * @param contentType the header
 * @param body any bytes
 */
record HostileRequest(String method, String path, String contentType, byte[] body) {

  private static final JsonCodec JSON = new JacksonJsonCodec();

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-www-form-urlencoded",
          "text/plain",
          "multipart/form-data; boundary=x",
          "multipart/form-data",
          "application/json; charset=utf-16");

  private static final List<Object> NASTY = nasty();

  private static List<Object> nasty() {
    List<Object> nasty =
        new ArrayList<>(
            List.of(
                "' OR '1'='1",
                "'; DROP TABLE job; --",
                "\" OR 1=1 --",
                "1) UNION SELECT sql FROM sqlite_master --",
                "%",
                "_%_",
                "\\",
                "\u0000",
                "a\u0000b",
                "\uD800",
                "\uFFFF\u202E",
                "../../../../etc/passwd",
                "..\\..\\windows",
                "/etc/passwd",
                "file:///etc/passwd",
                "${jndi:ldap://x}",
                "{{7*7}}",
                "<script>alert(1)</script>",
                "\r\nX-Evil: 1"));
    nasty.addAll(
        List.of(
            "",
            " ",
            "*",
            "null",
            "x".repeat(10_000),
            -1,
            0,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1e308,
            -0.0,
            0.1,
            true,
            List.of(),
            Map.of(),
            List.of(List.of(List.of(Map.of("a", List.of())))),
            List.of("a", 1, true, Map.of()),
            Map.of("a", Map.of("b", Map.of("c", "'"))),
            Map.of("", "")));
    return nasty;
  }

  /**
   * One request.
   *
   * @param route the method and the path of a route, with its places in braces
   * @param arguments names of its arguments
   * @param sound arguments that name something that is there
   */
  static HostileRequest of(
      Random random, String route, List<String> arguments, Map<String, Object> sound) {
    String method = route.substring(0, route.indexOf(' '));
    String path = path(random, route.substring(route.indexOf(' ') + 1), sound);
    Map<String, Object> tree = tree(random, arguments, sound);
    if (random.nextInt(12) == 0) {
      path += "?" + form(random, tree);
    }
    if (random.nextInt(15) == 0) {
      method = random.nextBoolean() ? "GET" : "POST";
    }
    String type = random.nextInt(4) == 0 ? pick(random, TYPES) : TYPES.get(0);
    return new HostileRequest(method, path, type, body(random, tree));
  }

  private static String path(Random random, String path, Map<String, Object> sound) {
    StringBuilder made = new StringBuilder();
    for (String part : path.substring(1).split("/", -1)) {
      String text = part;
      if (part.startsWith("{")) {
        String name = part.substring(1, part.length() - 1);
        text =
            random.nextInt(3) == 0
                ? String.valueOf(pick(random, NASTY))
                : String.valueOf(sound.getOrDefault(name.equals("job") ? "job_id" : name, "x"));
      } else if (random.nextInt(60) == 0) {
        text = String.valueOf(pick(random, NASTY));
      }
      made.append('/').append(encoded(text.length() > 300 ? text.substring(0, 300) : text));
    }
    return made.toString();
  }

  private static Map<String, Object> tree(
      Random random, List<String> arguments, Map<String, Object> sound) {
    Map<String, Object> tree = new LinkedHashMap<>();
    int hostile = random.nextInt(4);
    for (String name : arguments) {
      int dice = random.nextInt(Math.max(3, arguments.size()));
      if (dice < hostile) {
        tree.put(name, pick(random, NASTY));
      } else if (dice != hostile) {
        tree.put(name, sound.getOrDefault(name, 1));
      }
    }
    return tree;
  }

  private static byte[] body(Random random, Map<String, Object> tree) {
    String text = JSON.write(tree);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    switch (random.nextInt(10)) {
      case 0 -> {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
      }
      case 1 -> {
        return form(random, tree).getBytes(StandardCharsets.UTF_8);
      }
      case 2, 3 -> {
        for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
      }
      case 4 -> {
        return text.substring(0, random.nextInt(text.length() + 1))
            .getBytes(StandardCharsets.UTF_8);
      }
      case 5 -> {
        return text.repeat(1 + random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
      }
      default -> {
        return bytes;
      }
    }
  }

  private static String form(Random random, Map<String, Object> tree) {
    StringBuilder form = new StringBuilder();
    tree.forEach(
        (name, value) -> {
          String text = String.valueOf(value);
          form.append(form.isEmpty() ? "" : "&")
              .append(name)
              .append(random.nextInt(10) == 0 ? "" : "=")
              .append(encoded(text.length() > 300 ? text.substring(0, 300) : text));
        });
    return form.toString();
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9';
      if (plain || each == '_' || each == '-') {
        encoded.append((char) each);
      } else {
        encoded.append(String.format("%%%02X", each & 0xff));
      }
    }
    return encoded.toString();
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Whether some words are in what is asked, plain or encoded. */
  boolean says(String words) {
    return new String(body, StandardCharsets.UTF_8).contains(words)
        || path.contains(words)
        || path.contains(encoded(words));
  }

  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    return method
        + ' '
        + path
        + ' '
        + contentType
        + ' '
        + (text.length() > 500 ? text.substring(0, 500) + "…" : text);
  }
}
