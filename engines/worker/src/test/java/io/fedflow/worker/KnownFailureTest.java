package io.fedflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownFailureTest {

  @Test
  void aRefusedColumn_keepsItsNamesAtHomeAndElsewhere() {
    ColumnException refused =
        ColumnException.of("features.missing", List.of("salary", "age"), "salary, age: found none")
            .calling(name -> name.equals("age") ? "host_1_x4" : "");

    FedflowException read = again(refused);

    assertThat(read).isInstanceOf(ColumnException.class).hasMessage(refused.getMessage());
    assertThat(read.code()).isEqualTo("features.missing");
    assertThat(((ColumnException) read).columns()).containsExactly("salary", "age");
    assertThat(((ColumnException) read).elsewhere("salary")).isEmpty();
    assertThat(((ColumnException) read).told()).isEqualTo("columns host_1_x4 and 1 more");
  }

  @Test
  void everyOtherFailure_keepsKindCodeAndMessage() {
    for (FailureKind kind : FailureKind.values()) {
      FedflowException read = again(new FedflowException(kind, "a.b", "why"));
      assertThat(read).isExactlyInstanceOf(FedflowException.class).hasMessage("why");
      assertThat(read.kind()).isEqualTo(kind);
      assertThat(read.code()).isEqualTo("a.b");
    }
  }

  private static FedflowException again(FedflowException failure) {
    return KnownFailure.read(
        new Packet.Reader(KnownFailure.write(new Packet.Writer(), failure).bytes()));
  }
}
