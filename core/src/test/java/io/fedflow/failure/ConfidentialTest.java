package io.fedflow.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfidentialTest {

  private static final String LEFT_OUT = "‹details stay at its site›";

  @Test
  void whatIsMarkedIsLeftOut() {
    String cause = "host:1 a_0: " + Confidential.mark("found 'x'") + " [cell]; after 2 retries";
    assertThat(cause).contains("found 'x'");
    assertThat(Confidential.leaveOut(cause))
        .isEqualTo("host:1 a_0: " + LEFT_OUT + " [cell]; after 2 retries");
    assertThat(Confidential.leaveOut("nothing marked")).isEqualTo("nothing marked");
    assertThat(Confidential.leaveOut(Confidential.mark("a") + Confidential.mark("b")))
        .isEqualTo(LEFT_OUT + LEFT_OUT);
  }

  @Test
  void marksInWhatIsMarkedCannotEndIt() {
    String cause = Confidential.mark("a› secret ‹b") + " end";
    assertThat(Confidential.leaveOut(cause)).isEqualTo(LEFT_OUT + " end");
  }

  @Test
  void aTextThatWasCutOffIsCutAtTheMark() {
    String cause = "failed: " + Confidential.mark("a secret");
    assertThat(Confidential.leaveOut(cause.substring(0, cause.length() - 3)))
        .isEqualTo("failed: " + LEFT_OUT);
  }

  @Test
  void leavingOutTwiceIsLeavingOutOnce() {
    String once = Confidential.leaveOut("a " + Confidential.mark("secret") + " b");
    assertThat(Confidential.leaveOut(once)).isEqualTo(once);
  }

  @Test
  void whatComesBack_hasTheDetailsAgainAtItsSite() {
    String own = "host:1 a_0: " + Confidential.mark("column x") + " [missing]";
    String told = Confidential.leaveOut(own) + "; after 2 retries";
    assertThat(Confidential.restore(told, own)).isEqualTo(own + "; after 2 retries");
    String others = "host:2 a_0: " + Confidential.mark("column y") + " [missing]";
    assertThat(Confidential.restore(told, others)).isEqualTo(told);
    assertThat(Confidential.restore(told, "")).isEqualTo(told);
    assertThat(Confidential.restore("host:1 a_0: lost", "host:1 a_0: lost"))
        .isEqualTo("host:1 a_0: lost");
  }

  @Test
  void whatIsToldBeforeTheMarks_isReadByAll() {
    String cause =
        "host:1 a_0: " + Confidential.mark("column salary: found 'x'", "column host_1_x3") + " [c]";
    String elsewhere = Confidential.leaveOut(cause);
    assertThat(cause).contains("column host_1_x3 ‹column salary: found 'x'›");
    assertThat(elsewhere).isEqualTo("host:1 a_0: column host_1_x3 " + LEFT_OUT + " [c]");
    assertThat(Confidential.leaveOut(elsewhere)).isEqualTo(elsewhere);
    assertThat(Confidential.restore(elsewhere + "; after 2 retries", cause))
        .isEqualTo(cause + "; after 2 retries");
    assertThat(Confidential.mark("a", "")).isEqualTo(Confidential.mark("a"));
  }

  @Test
  void marksInWhatIsTold_openAndCloseNothing() {
    String cause = Confidential.mark("secret", "column a‹b›c") + " end";
    assertThat(Confidential.leaveOut(cause)).isEqualTo("column a<b>c " + LEFT_OUT + " end");
  }

  @Test
  void howeverShortATextWithAToldPartIsCut_nothingElseIsTold() {
    String cause = "host:1 a_0: " + Confidential.mark("salary", "column host_1_x3") + " [c]";
    String elsewhere = Confidential.leaveOut(cause);
    for (int length = 0; length <= cause.length(); length++) {
      String told = Confidential.leaveOut(cause.substring(0, length));
      assertThat(told.replace(LEFT_OUT, "")).isSubstringOf(elsewhere.replace(LEFT_OUT, ""));
      assertThat(told).doesNotContain("s›").doesNotContain("sal");
    }
  }
}
