package io.fedflow.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A request as FATE's client sends it and the outline of the right answer, with names in place of
 * what differs from run to run.
 *
 * @param command the client's command
 * @param site which server it went to; empty for the usual one
 * @param method HTTP method
 * @param target path and query, as on the wire
 * @param body JSON, or null
 * @param parts the parts of a form: each with name, content and maybe filename
 * @param status the HTTP status of the answer
 * @param retcode the code in the answer, or null if it was a file
 * @param retmsg the message, kept where clients compare it
 * @param data the fields of the answer's data, of its first row if it is a list
 */
record RecordedRequest(
    String command,
    String site,
    String method,
    String target,
    Object body,
    List<Map<String, String>> parts,
    int status,
    Integer retcode,
    String retmsg,
    List<String> data) {

  /** The message of a request that a later server may answer otherwise. */
  static final String LATER = "not yet";

  /** As a JSON object, without what is empty. */
  Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("command", command);
    tree.put("site", site);
    tree.put("method", method);
    tree.put("target", target);
    tree.put("body", body);
    tree.put("parts", parts);
    tree.put("status", status);
    tree.put("retcode", retcode);
    tree.put("retmsg", retmsg);
    tree.put("data", data);
    tree.values().removeIf(value -> value == null || value.equals("") || value.equals(List.of()));
    return tree;
  }

  @SuppressWarnings("unchecked")
  static RecordedRequest of(Map<String, Object> tree) {
    return new RecordedRequest(
        (String) tree.get("command"),
        (String) tree.getOrDefault("site", ""),
        (String) tree.get("method"),
        (String) tree.get("target"),
        tree.get("body"),
        (List<Map<String, String>>) tree.getOrDefault("parts", List.of()),
        (Integer) tree.get("status"),
        (Integer) tree.get("retcode"),
        (String) tree.getOrDefault("retmsg", ""),
        (List<String>) tree.getOrDefault("data", List.of()));
  }

  /** The fields of an answer's data, of its first row if it is a list. */
  static List<String> fields(Object data) {
    Object at = data instanceof List<?> rows && !rows.isEmpty() ? rows.get(0) : data;
    TreeSet<String> fields = new TreeSet<>();
    if (at instanceof Map<?, ?> object) {
      object.keySet().forEach(key -> fields.add(String.valueOf(key)));
    }
    return List.copyOf(fields);
  }
}
