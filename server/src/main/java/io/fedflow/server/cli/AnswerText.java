package io.fedflow.server.cli;

import io.fedflow.transport.client.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A good answer for a person: rows as a table, anything else as indented JSON. */
final class AnswerText {

  private static final int WIDEST = 48;

  /** What a person looks for first; rows that have any of these show only these. */
  private static final List<String> FIRST =
      List.of(
          "job_id",
          "role",
          "party_id",
          "component_name",
          "status",
          "progress",
          "elapsed",
          "model_id",
          "model_version",
          "table_namespace",
          "table_name",
          "data_name",
          "error_report");

  private AnswerText() {}

  static String of(Answer answer) {
    Object data = rows(answer.data());
    if (data instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?>) {
      return table(new Tree(data).each());
    }
    if (data == null) {
      String job = answer.jobId().isEmpty() ? "" : "job " + answer.jobId() + ": ";
      return job + answer.retmsg();
    }
    return PrettyJson.write(data).stripTrailing();
  }

  /** Lists come as {@code {jobs: […], count}}. */
  private static Object rows(Object data) {
    if (data instanceof Map<?, ?> map && map.size() == 2 && map.containsKey("count")) {
      return map.values().stream().filter(List.class::isInstance).findFirst().orElse(null);
    }
    return data;
  }

  private static String table(List<Tree> rows) {
    List<String> columns = columns(rows);
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    rows.forEach(row -> lines.add(columns.stream().map(c -> cell(row.at(c).text())).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        padded.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static List<String> columns(List<Tree> rows) {
    Set<String> all = new LinkedHashSet<>();
    for (Tree row : rows) {
      // Whole documents do not fit into a cell; --json shows them.
      row.entries()
          .forEach(
              (name, cell) -> {
                if (!(cell.value() instanceof Map<?, ?>) && !cell.text().isEmpty()) {
                  all.add(name);
                }
              });
    }
    List<String> first =
        FIRST.stream().flatMap(name -> Stream.of("f_" + name, name)).filter(all::contains).toList();
    return first.isEmpty() ? List.copyOf(all) : first;
  }

  private static String cell(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + '…' : line;
  }
}
