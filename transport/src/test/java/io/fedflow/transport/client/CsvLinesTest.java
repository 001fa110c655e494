package io.fedflow.transport.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLinesTest {

  private static List<List<String>> read(String text) throws IOException {
    CsvLines lines = new CsvLines(new StringReader(text));
    List<List<String>> all = new ArrayList<>();
    for (List<String> line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
    }
    return all;
  }

  @Test
  void fields_areSplitAtCommas() throws IOException {
    assertThat(read("id,x\n1,\n,2\n"))
        .containsExactly(List.of("id", "x"), List.of("1", ""), List.of("", "2"));
    assertThat(read("a,b\r\nc,d")).containsExactly(List.of("a", "b"), List.of("c", "d"));
    assertThat(read("")).isEmpty();
  }

  @Test
  void quotes_holdCommasLinesAndQuotes() throws IOException {
    assertThat(read("17,\"{'0': 0.1, '1': 0.9}\",train\n\"a\"\"b\nc\",d\n"))
        .containsExactly(List.of("17", "{'0': 0.1, '1': 0.9}", "train"), List.of("a\"b\nc", "d"));
  }

  @Test
  void emptyLines_haveOneEmptyField() throws IOException {
    assertThat(read("a\n\nb\n")).containsExactly(List.of("a"), List.of(""), List.of("b"));
  }
}
