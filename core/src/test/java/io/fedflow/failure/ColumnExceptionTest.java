package io.fedflow.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnExceptionTest {

  @Test
  void theMessageIsForItsSite_andNothingIsToldUntilTheColumnHasAnotherName() {
    ColumnException refused = ColumnException.of("features.missing", "salary", "found none");
    assertThat(refused).hasMessage("column salary: found none");
    assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(refused.code()).isEqualTo("features.missing");
    assertThat(refused.columns()).containsExactly("salary");
    assertThat(refused.told()).isEmpty();
    assertThat(refused.calling(name -> null).told()).isEmpty();

    ColumnException told = refused.calling(Map.of("salary", "host_1_x3")::get);
    assertThat(told.told()).isEqualTo("column host_1_x3");
    assertThat(told).hasMessage(refused.getMessage());
    assertThat(told.code()).isEqualTo(refused.code());
  }

  @Test
  void theFirstToSayAName_isRight() {
    ColumnException refused =
        ColumnException.of("a.b", List.of("salary", "age"), "…")
            .calling(name -> name.equals("age") ? "number 2 of the model" : "")
            .calling(name -> "host_1_x" + name.length());
    assertThat(refused.told()).isEqualTo("columns host_1_x6, number 2 of the model");
    assertThat(refused.elsewhere("age")).isEqualTo("number 2 of the model");
    assertThat(refused.elsewhere("other")).isEmpty();
  }

  @Test
  void namesThatAreEmptyOrUnknown_areCountedAtMost() {
    assertThat(ColumnException.of("a.b", List.of(""), "…").columns()).isEmpty();
    assertThat(
            ColumnException.of("a.b", List.of("salary", "age"), "…")
                .calling(name -> name.equals("age") ? "host_1_x0" : "")
                .told())
        .isEqualTo("columns host_1_x0 and 1 more");
  }

  @Test
  void manyAndLongNames_areTold_asFarAsThereIsRoom() {
    List<String> many = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
    String told =
        ColumnException.of("a.b", many, "…")
            .calling(name -> name.replace('c', 'x') + "y".repeat(10_000))
            .told();
    assertThat(told).startsWith("columns x0yyy").contains("…, x1").endsWith("… and 995 more");
    assertThat(told.length())
        .isLessThan(ColumnException.MOST_TOLD * (ColumnException.LONGEST_TOLD + 5) + 30);
  }
}
