package io.fedflow.benchmarks.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The original is found and asked, and what is wrong with it is told. Programs that say what an
 * interpreter might say stand for Python.
 */
@Timeout(120)
class OriginalFateTest {

  @TempDir Path folder;

  @BeforeEach
  void install() throws Exception {
    Files.createDirectories(folder.resolve("old/python/federatedml"));
    Files.createDirectories(folder.resolve("new/fate/python/federatedml"));
  }

  /** Without the variable nothing is measured. */
  @Test
  void notNamedIsNoOriginal() throws Exception {
    assertThat(OriginalFate.of(Map.of())).isEmpty();
    assertThat(OriginalFate.of(Map.of("FATE_HOME", ""))).isEmpty();
  }

  /** A checkout and an installation have their packages in different places. */
  @Test
  void bothLayoutsAreFound() throws Exception {
    Path old = folder.resolve("old");
    Path installed = folder.resolve("new");
    assertThat(OriginalFate.of(Map.of("FATE_HOME", old.toString())))
        .contains(new OriginalFate(old.resolve("python"), "python3"));
    assertThat(
            OriginalFate.of(Map.of("FATE_HOME", installed.toString(), "FATE_PYTHON", "python3.8")))
        .contains(new OriginalFate(installed.resolve("fate/python"), "python3.8"));
  }

  /** The message names the variable, what it holds and what was looked for. */
  @Test
  void aFolderWithoutFateIsTold() {
    assertThatThrownBy(() -> OriginalFate.of(Map.of("FATE_HOME", folder.toString())))
        .isInstanceOf(OriginalMissing.class)
        .hasMessageContainingAll("FATE_HOME", folder.toString(), "fate/python/federatedml");
  }

  /** The script, the key length and the number of features are the interpreter's arguments. */
  @Test
  void ratesAreRead() throws Exception {
    OriginalRates rates =
        fate("""
                echo 'a library says something'
                [ -s "$1" ] && [ "$2 $3" = '1024 30' ] && [ -d "$PYTHONPATH/federatedml" ] || exit 9
                echo '{"about": "Python 3", "rates": {"add": 12.5, "decrypt": 3}}'
                """)
            .paillier(1024, 30);
    assertThat(rates.about()).isEqualTo("Python 3");
    assertThat(rates.rate("add")).hasValue(12.5);
    assertThat(rates.rate("decrypt")).hasValue(3);
    assertThat(rates.rate("rows")).isEmpty();
  }

  /** The last line of a Python error says what it was. */
  @Test
  void aFailureIsToldWithItsLastLine() throws Exception {
    OriginalFate fate = fate("echo Traceback >&2; echo 'ImportError: gmpy2' >&2; exit 1");
    assertThatThrownBy(() -> fate.paillier(1024, 30))
        .isInstanceOf(OriginalMissing.class)
        .hasMessageEndingWith("ended with 1: ImportError: gmpy2");
  }

  /** What is neither JSON nor rates is shown. */
  @Test
  void otherOutputIsTold() throws Exception {
    for (String output : new String[] {"hello", "[1]", "{}"}) {
      OriginalFate fate = fate("echo '" + output + "'");
      assertThatThrownBy(() -> fate.paillier(1024, 30))
          .isInstanceOf(OriginalMissing.class)
          .hasMessageEndingWith("but: " + output);
    }
  }

  /** An interpreter that does not exist is named. */
  @Test
  void aMissingInterpreterIsTold() {
    Path nowhere = folder.resolve("nowhere");
    OriginalFate fate = new OriginalFate(folder.resolve("old/python"), nowhere.toString());
    assertThatThrownBy(() -> fate.paillier(1024, 30))
        .isInstanceOf(OriginalMissing.class)
        .hasMessageContaining(nowhere.toString());
  }

  /** Where a FATE is installed, all of its rates are measured. */
  @Test
  @EnabledIfEnvironmentVariable(named = OriginalFate.HOME, matches = ".+")
  void theOriginalIsMeasured() throws Exception {
    OriginalRates rates = OriginalFate.of(System.getenv()).orElseThrow().paillier(1024, 3);
    assertThat(rates.rates()).containsOnlyKeys("encrypt", "decrypt", "add", "multiply", "rows");
    assertThat(rates.rates().values()).allMatch(rate -> rate > 0);
  }

  private OriginalFate fate(String program) throws Exception {
    Path interpreter = folder.resolve("interpreter");
    Files.writeString(interpreter, "#!/bin/sh\n" + program + '\n');
    assertThat(interpreter.toFile().setExecutable(true)).isTrue();
    return new OriginalFate(folder.resolve("old/python"), interpreter.toString());
  }
}
