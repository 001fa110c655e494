package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrettyJsonTest {

  @Test
  void writesOneEntryALine() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("text", "a \"b\"");
    tree.put("list", Arrays.asList(1, null, true));
    tree.put("none", Map.of());
    tree.put("empty", List.of());

    assertThat(PrettyJson.write(tree))
        .isEqualTo(
            """
            {
              "text": "a \\"b\\"",
              "list": [
                1,
                null,
                true
              ],
              "none": {},
              "empty": []
            }
            """);
  }
}
