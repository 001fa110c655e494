package io.fedflow.server;

import io.fedflow.server.RequestRecorder.Passed;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Recorded requests as a file, one JSON object a line. */
final class Recordings {

  /** Times in names of files that the client makes up. */
  private static final Pattern TIME = Pattern.compile("_\\d{14}\\.json");

  private static final Pattern PART =
      Pattern.compile(
          "form-data; name=\"([^\"]+)\"(?:; filename=\"([^\"]+)\")?[^\r]*\r\n"
              + "(?:Content-[^\r]*\r\n)*\r\n(.*?)\r\n--",
          Pattern.DOTALL);

  private static final JacksonJsonCodec CODEC = new JacksonJsonCodec();

  private Recordings() {}

  /**
   * What passed, with names in place of folders and ids; what was only asked again counts once, and
   * what belongs to no command not at all.
   */
  static List<RecordedRequest> of(List<Passed> passed, Placeholders names) {
    List<RecordedRequest> recorded = new ArrayList<>();
    for (Passed one : passed) {
      if (one.label().isEmpty()) {
        continue;
      }
      RecordedRequest request = of(one, names);
      if (asksOfTheMoment(request)) {
        continue;
      }
      boolean polled =
          request.target().equals("/v1/job/query")
              && !recorded.isEmpty()
              && recorded.get(recorded.size() - 1).equals(request);
      if (!polled) {
        recorded.add(request);
      }
    }
    return recorded;
  }

  /** What runs just then is another thing each time; clients show it only. */
  private static boolean asksOfTheMoment(RecordedRequest request) {
    return request.target().equals("/v1/job/task/query")
        && request.body() instanceof Map<?, ?> body
        && "running".equals(body.get("status"));
  }

  private static RecordedRequest of(Passed passed, Placeholders names) {
    boolean json = passed.type().startsWith("application/json");
    String text = new String(passed.body(), StandardCharsets.UTF_8);
    Map<String, Object> answer =
        passed.answerType().startsWith("application/json") && !passed.file()
            ? object(new String(passed.answer(), StandardCharsets.UTF_8))
            : Map.of();
    RecordedRequest request =
        new RecordedRequest(
            passed.label(),
            passed.site(),
            passed.method(),
            hide(passed.target(), names),
            json ? CODEC.read(hide(text, names)) : null,
            json || text.isEmpty() ? List.of() : parts(passed.body(), names),
            passed.status(),
            (Integer) answer.get("retcode"),
            message(String.valueOf(answer.get("retmsg"))),
            RecordedRequest.fields(answer.get("data")).stream()
                .filter(field -> names.hide(field).equals(field))
                .toList());
    names.learn(answer);
    return request;
  }

  /** Only what clients compare, and what a later server may do better. */
  private static String message(String retmsg) {
    if (retmsg.startsWith(RecordedRequest.LATER)) {
      return RecordedRequest.LATER;
    }
    return retmsg.equals("success") ? retmsg : "";
  }

  private static String hide(String text, Placeholders names) {
    return names.hide(TIME.matcher(text).replaceAll("_20260101000000.json"));
  }

  private static List<Map<String, String>> parts(byte[] body, Placeholders names) {
    List<Map<String, String>> parts = new ArrayList<>();
    // Keeps every byte, so that archives survive.
    Matcher matcher = PART.matcher(new String(body, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      Map<String, String> part = new LinkedHashMap<>();
      part.put("name", matcher.group(1));
      if (matcher.group(2) != null) {
        part.put("filename", hide(matcher.group(2), names));
      }
      boolean archive = matcher.group(3).startsWith("PK");
      part.put("content", archive ? Placeholders.ARCHIVE : hide(matcher.group(3), names));
      parts.add(part);
    }
    return parts;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(String json) {
    return CODEC.read(json) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  static String text(List<RecordedRequest> recorded) {
    return recorded.stream()
        .map(request -> CODEC.write(request.toTree()) + '\n')
        .collect(Collectors.joining());
  }

  static List<RecordedRequest> read(String resource) throws IOException {
    try (InputStream in = Recordings.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> RecordedRequest.of(object(line)))
          .toList();
    }
  }
}
