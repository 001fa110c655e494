package io.fedflow.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.failure.ColumnException;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FedflowException;
import org.junit.jupiter.api.Test;

class FailureCodecTest {

  @Test
  void aRefusedColumn_crossesWithoutMarksOfItsOwn_byItsAnonymousNameAlone() {
    ColumnException refused =
        ColumnException.of("features.range", "salary", "found 12345")
            .calling(column -> "host_10000_x3");
    FedflowException read = across(refused);
    assertThat(read)
        .hasMessage("column host_10000_x3 ‹details stay at its site›")
        .returns("features.range", FedflowException::code)
        .returns(refused.kind(), FedflowException::kind);
  }

  @Test
  void whatIsMarked_isLeftOut_andTheRestCrosses() {
    FedflowException failure =
        FedflowException.peer("a.b", "told: " + Confidential.mark("salary", "column host_1_x0"));
    assertThat(across(failure)).hasMessage("told: column host_1_x0 ‹details stay at its site›");
    assertThat(across(FedflowException.peer("a.b", "plain"))).hasMessage("plain");
  }

  private static FedflowException across(FedflowException failure) {
    return catchThrowableOfType(
        FedflowException.class, () -> FailureCodec.read(FailureCodec.write(failure)));
  }
}
