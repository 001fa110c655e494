package io.fedflow.components.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The tables of the page that says what bad input leads to; read by tests, written by people. */
final class BadInputPage {

  private static final Path PAGE = Path.of("docs", "bad-input.md");

  private BadInputPage() {}

  /**
   * The cells of a table, without its head.
   *
   * @param firstHeads how its head begins, so that no other table is taken for it
   * @return rows of as many cells as the head has
   */
  static List<List<String>> table(String... firstHeads) throws IOException {
    List<List<String>> lines = Files.readAllLines(PAGE).stream().map(BadInputPage::cells).toList();
    int head = 0;
    while (!startsWith(lines.get(head), firstHeads)) {
      head++;
    }
    // The line after the head only draws the table.
    int end = head + 2;
    while (end < lines.size() && lines.get(end).size() == lines.get(head).size()) {
      end++;
    }
    return lines.subList(head + 2, end);
  }

  private static boolean startsWith(List<String> cells, String... heads) {
    return cells.size() >= heads.length
        && cells.subList(0, heads.length).equals(Arrays.asList(heads));
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("|")) {
      return List.of();
    }
    String inner = line.substring(1, line.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|", -1))
        .map(cell -> cell.strip().replace("`", ""))
        .toList();
  }
}
