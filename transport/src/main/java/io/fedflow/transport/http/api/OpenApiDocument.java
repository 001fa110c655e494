package io.fedflow.transport.http.api;

import io.fedflow.transport.http.v1.ClientRoute;
import io.fedflow.transport.http.wire.Mounted;
import io.fedflow.transport.http.wire.RequestIds;
import io.fedflow.transport.http.wire.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The description of a server's routes in OpenAPI 3.1, as a JSON tree. */
public final class OpenApiDocument {

  private static final Pattern PLACE = Pattern.compile(":([a-z_]+)");
  private static final String UPLOAD = "/v1/data/upload";
  private static final String JSON = "application/json";

  private final RouteTexts texts;
  private final Map<String, String> groups = new LinkedHashMap<>();

  /** Describes with these texts. */
  public OpenApiDocument(RouteTexts texts) {
    this.texts = texts;
    ClientRoute.all().forEach(route -> groups.put(route.mountPath(), route.group()));
  }

  /**
   * The document.
   *
   * @param routes all that the server has
   * @param version of the server
   */
  public Map<String, Object> tree(List<Mounted> routes, String version) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Mounted route : routes) {
      @SuppressWarnings("unchecked")
      Map<String, Object> path =
          (Map<String, Object>)
              paths.computeIfAbsent(
                  PLACE.matcher(route.path()).replaceAll("{$1}"), p -> pathItem(route));
      path.put(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("openapi", "3.1.0");
    tree.put(
        "info",
        object(
            "title",
            "Fedflow",
            "version",
            version,
            "description",
            "FATE's client routes under /v1, and Fedflow's own. Routes of FATE answer HTTP 200"
                + " whatever happened: the return code in the envelope tells. Downloads fail with"
                + " another status, Fedflow's own routes with the usual ones. Unknown arguments"
                + " are ignored; numbers may be texts and the other way round. Bodies that are too"
                + " large are refused with return code 103, or with status 413.",
            "license",
            object("name", "Apache-2.0", "identifier", "Apache-2.0")));
    tree.put("tags", tags(routes));
    tree.put("paths", paths);
    tree.put("components", components());
    return tree;
  }

  private List<Object> tags(List<Mounted> routes) {
    return routes.stream()
        .map(this::group)
        .distinct()
        .<Object>map(group -> object("name", group))
        .toList();
  }

  private String group(Mounted route) {
    String group = groups.get(route.path());
    if (group != null) {
      return group;
    }
    return route.path().startsWith("/v1/") ? route.path().split("/")[2] : "fedflow";
  }

  private static Map<String, Object> pathItem(Mounted route) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(object("$ref", "#/components/parameters/RequestId"));
    Matcher place = PLACE.matcher(route.path());
    while (place.find()) {
      parameters.add(
          object(
              "name",
              place.group(1),
              "in",
              "path",
              "required",
              true,
              "schema",
              object("type", "string")));
    }
    return object("parameters", parameters);
  }

  private Map<String, Object> operation(Mounted route) {
    RouteTexts.Summary summary = texts.summary(route);
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", operationId(route));
    operation.put("tags", List.of(group(route)));
    operation.put("summary", summary.text());
    if (route.state() != Mounted.State.WORKS) {
      operation.put("x-state", route.state().name().toLowerCase(Locale.ROOT));
    }
    List<RouteArgument> arguments = texts.arguments(route);
    if (route.style() == Style.PLAIN && route.method().equals("GET")) {
      if (!arguments.isEmpty()) {
        operation.put("parameters", arguments.stream().map(this::queryParameter).toList());
      }
    } else if (!arguments.isEmpty()) {
      operation.put("requestBody", requestBody(route, arguments));
    }
    operation.put("responses", responses(route, summary.mediaType()));
    return operation;
  }

  private static String operationId(Mounted route) {
    String words = (route.method().toLowerCase(Locale.ROOT) + route.path());
    return words.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
  }

  private Object queryParameter(RouteArgument argument) {
    return object(
        "name", argument.name(),
        "in", "query",
        "required", argument.required(),
        "description", texts.word(argument.name()),
        "schema", schema(argument));
  }

  private Map<String, Object> requestBody(Mounted route, List<RouteArgument> arguments) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(JSON, object("schema", body(arguments)));
    if (route.path().equals(UPLOAD)) {
      Map<String, Object> parts = body(arguments);
      @SuppressWarnings("unchecked")
      Map<String, Object> properties = (Map<String, Object>) parts.get("properties");
      properties.put("file", object("type", "string", "contentMediaType", "text/csv"));
      content.put("multipart/form-data", object("schema", parts));
    }
    return object(
        "required", arguments.stream().anyMatch(RouteArgument::required), "content", content);
  }

  private Map<String, Object> body(List<RouteArgument> arguments) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (RouteArgument argument : arguments) {
      Map<String, Object> schema = schema(argument);
      schema.put("description", texts.word(argument.name()));
      properties.put(argument.name(), schema);
    }
    Map<String, Object> body = object("type", "object", "properties", properties);
    List<String> required =
        arguments.stream().filter(RouteArgument::required).map(RouteArgument::name).toList();
    if (!required.isEmpty()) {
      body.put("required", required);
    }
    return body;
  }

  private static Map<String, Object> schema(RouteArgument argument) {
    return switch (argument.type()) {
      case ANY -> object();
      case TEXT -> object("type", List.of("string", "number"));
      case TEXTS ->
          object(
              "type",
              List.of("string", "number", "array"),
              "items",
              object("type", List.of("string", "number")));
      case OBJECT -> object("type", "object");
      case INTEGER -> object("type", List.of("integer", "string"));
      case FLAG -> object("enum", List.of(true, false, 1, 0, "true", "false", "1", "0"));
    };
  }

  private static Map<String, Object> responses(Mounted route, String mediaType) {
    Map<String, Object> responses = new LinkedHashMap<>();
    Map<String, Object> envelope =
        object(JSON, object("schema", object("$ref", "#/components/schemas/Envelope")));
    if (route.style() == Style.DOWNLOAD) {
      responses.put("200", response("The file.", object("application/octet-stream", object())));
      responses.put("210", response("There is nothing to download.", envelope));
    } else if (mediaType.isEmpty()) {
      responses.put("200", response("The envelope.", envelope));
    } else {
      responses.put("200", response("The document.", object(mediaType, object())));
    }
    responses.put("default", response("The envelope with what failed.", envelope));
    return responses;
  }

  private static Object response(String description, Map<String, Object> content) {
    return object(
        "description",
        description,
        "headers",
        object(RequestIds.HEADER, object("$ref", "#/components/headers/RequestId")),
        "content",
        content);
  }

  private static Map<String, Object> components() {
    Map<String, Object> id = object("type", "string", "pattern", "^[A-Za-z0-9._-]{1,64}$");
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "retcode", object("type", "integer", "description", "0 for success, 100 and above else"));
    properties.put("retmsg", object("type", "string", "description", "success, or what failed"));
    properties.put("jobId", object("type", "string", "description", "the job that was created"));
    properties.put("data", object("description", "the payload; each route has its own"));
    properties.put("meta", object("description", "what stands beside the payload"));
    return object(
        "schemas",
        object(
            "Envelope",
            object(
                "type",
                "object",
                "required",
                List.of("retcode", "retmsg"),
                "properties",
                properties)),
        "parameters",
        object(
            "RequestId",
            object(
                "name",
                RequestIds.HEADER,
                "in",
                "header",
                "required",
                false,
                "description",
                "Names the request in answers and in the log; a text of another form is replaced.",
                "schema",
                id)),
        "headers",
        object(
            "RequestId",
            object("description", "The id of the request, given or made up.", "schema", id)));
  }

  /** A map that may be changed, in the order of its pairs. */
  private static Map<String, Object> object(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }
}
