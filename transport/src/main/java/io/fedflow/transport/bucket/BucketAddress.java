package io.fedflow.transport.bucket;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A bucket that the operator of a server allows. Immutable; holds no secret.
 *
 * @param name what jobs call it; 1..50 letters, digits, {@code _} and {@code -}
 * @param tls whether it is spoken to over TLS
 * @param host of the service, not of the bucket
 * @param port 1..65535
 * @param bucket as the service calls it
 * @param prefix what the names of all objects begin with; empty, or ends with a stroke
 * @param region that signatures name
 * @param style where requests name the bucket
 */
public record BucketAddress(
    String name,
    boolean tls,
    String host,
    int port,
    String bucket,
    String prefix,
    String region,
    Style style) {

  private static final String ALLOWED =
      "allowed https://HOST[:PORT]/BUCKET[/PREFIX][?region=REGION&style=path|virtual]";

  /** Where requests name the bucket. */
  public enum Style {
    /** As the first part of the path. */
    PATH,
    /** As the first part of the host. */
    VIRTUAL
  }

  /**
   * Reads what the operator wrote.
   *
   * @throws IllegalArgumentException saying what was found and what is allowed
   */
  public static BucketAddress of(String name, URI url) {
    require(
        name.matches("[A-Za-z0-9_-]{1,50}"),
        "found the name '" + name + "', allowed 1..50 letters, digits, '_' and '-'");
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    require(
        List.of("http", "https").contains(scheme)
            && url.getHost() != null
            && url.getUserInfo() == null
            && url.getFragment() == null,
        "found for " + name + " a URL of another form, " + ALLOWED);
    boolean tls = scheme.equals("https");
    String path = url.getPath() == null ? "" : url.getPath().replaceAll("^/+|/+$", "");
    int stroke = path.indexOf('/');
    String bucket = stroke < 0 ? path : path.substring(0, stroke);
    require(
        bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
        "found for "
            + name
            + " the bucket '"
            + bucket
            + "', allowed 3..63 lower-case letters, digits, '.' and '-'");
    String prefix = stroke < 0 ? "" : path.substring(stroke + 1) + '/';
    require(
        prefix.matches("([A-Za-z0-9_.-]{1,100}/){0,8}") && !("/" + prefix).contains("/."),
        "found for "
            + name
            + " the prefix '"
            + prefix
            + "', allowed up to 8 parts of letters, digits, '_', '-' and '.'");
    Map<String, String> settings = settings(name, url.getRawQuery());
    String region = settings.getOrDefault("region", "us-east-1");
    require(
        region.matches("[a-z0-9-]{1,40}"),
        "found for " + name + " the region '" + region + "', allowed letters, digits and '-'");
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    return new BucketAddress(
        name,
        tls,
        url.getHost(),
        port,
        bucket,
        prefix,
        region,
        style(name, settings.getOrDefault("style", "path")));
  }

  private static Map<String, String> settings(String name, String query) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (query != null) {
      for (String each : query.split("&")) {
        String[] parts = each.split("=", 2);
        require(
            parts.length == 2 && List.of("region", "style").contains(parts[0]),
            "found for " + name + " the setting '" + parts[0] + "', " + ALLOWED);
        settings.put(parts[0], parts[1]);
      }
    }
    return settings;
  }

  private static Style style(String name, String text) {
    return switch (text) {
      case "path" -> Style.PATH;
      case "virtual" -> Style.VIRTUAL;
      default ->
          throw new IllegalArgumentException(
              "--model-bucket: found for " + name + " the style '" + text + "', " + ALLOWED);
    };
  }

  private static void require(boolean good, String why) {
    if (!good) {
      throw new IllegalArgumentException("--model-bucket: " + why);
    }
  }

  /** The host that requests go to. */
  String requestHost() {
    return style == Style.VIRTUAL ? bucket + '.' + host : host;
  }

  /** What the header {@code Host} says: the port only if it is not the usual one. */
  String authority() {
    return requestHost() + (port == (tls ? 443 : 80) ? "" : ":" + port);
  }

  /**
   * The path of an object, percent-encoded as it is signed.
   *
   * @param object its name below the prefix
   */
  String path(String object) {
    String begin = style == Style.VIRTUAL ? "/" : "/" + bucket + '/';
    return begin + SignatureV4.encodedPath(prefix + object);
  }
}
