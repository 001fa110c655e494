package io.fedflow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class InheritedFlagsTest {

  @Test
  void whatSaysHowToCompute_isPassedOn() {
    List<String> wanted =
        List.of(
            "-Dfedflow.crypto.kernel=scalar",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:SharedArchiveFile=/a.jsa",
            "-XX:+UseSerialGC");
    assertThat(InheritedFlags.suited(wanted)).isEqualTo(wanted);
  }

  @Test
  void whatBelongsToOneProcess_isNot() {
    assertThat(
            InheritedFlags.suited(
                List.of(
                    "-Xmx8g",
                    "-agentlib:jdwp=transport=dt_socket",
                    "-javaagent:agent.jar",
                    "-Dcom.sun.management.jmxremote.port=9",
                    "-XX:ArchiveClassesAtExit=/a.jsa",
                    "-Xlog:gc:file=gc.log")))
        .isEmpty();
  }

  @Test
  void aHeapIsANumberAndAUnit() {
    for (String wrong : List.of("", "512", "0m", "1t", "-1g", "1g -version", "99999999999g")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WorkerSettings.likeThisProcess().withMemory(wrong))
          .withMessageContaining("'" + wrong + "'");
    }
  }
}
