package io.fedflow.job;

import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FedflowException;
import org.junit.jupiter.api.Test;

/** What is kept of a failure in the cause of an end. */
class CauseCodeTest {

  @Test
  void aCodeThatHasARemedyIsKeptThroughOtherWords() {
    String reason = CauseCode.reason(FedflowException.invalid("table.unknown", "no table t"));
    assertThat(reason).isEqualTo("no table t [table.unknown]");
    assertThat(CauseCode.of("host:2 refused the job: " + reason + "; after 2 retries"))
        .contains("table.unknown");
  }

  @Test
  void otherFailuresKeepTheirWords() {
    assertThat(CauseCode.reason(FedflowException.invalid("json.malformed", "not JSON")))
        .isEqualTo("not JSON");
    assertThat(CauseCode.reason(new IllegalStateException())).isEqualTo("IllegalStateException");
    assertThat(CauseCode.of("[json.malformed] [tableXunknown] table.unknown")).isEmpty();
  }

  @Test
  void thePartyIsTheFirstWord() {
    assertThat(CauseCode.party("host:2 refused the job")).contains(HOST);
    assertThat(CauseCode.party("host:2: it")).contains(HOST);
    for (String other :
        new String[] {"", "host:2", "stopped by host:2 ", "a: b", "nobody:!! x", ":2 x"}) {
      assertThat(CauseCode.party(other)).as(other).isEmpty();
    }
  }
}
