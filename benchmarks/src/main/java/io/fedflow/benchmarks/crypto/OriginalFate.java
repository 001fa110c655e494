package io.fedflow.benchmarks.crypto;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * FATE 1.11 as somebody installed it: runs a script of ours on its Python classes.
 *
 * @param python the folder that holds its packages
 * @param interpreter the Python that can import them
 */
record OriginalFate(Path python, String interpreter) {

  /** The environment variable that names the folder of the installation. */
  static final String HOME = "FATE_HOME";

  /** The environment variable that names the interpreter; {@code python3} if it is not set. */
  static final String PYTHON = "FATE_PYTHON";

  private static final String SCRIPT = "original_paillier.py";
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /**
   * The installation that the environment names.
   *
   * @return empty if {@link #HOME} is not set
   * @throws OriginalMissing if the folder holds no FATE
   */
  static Optional<OriginalFate> of(Map<String, String> environment) throws OriginalMissing {
    String home = environment.getOrDefault(HOME, "");
    if (home.isEmpty()) {
      return Optional.empty();
    }
    String interpreter = environment.getOrDefault(PYTHON, "python3");
    for (String folder : List.of("python", "fate/python")) {
      Path python = Path.of(home, folder);
      if (Files.isDirectory(python.resolve("federatedml"))) {
        return Optional.of(new OriginalFate(python, interpreter));
      }
    }
    throw new OriginalMissing(
        HOME
            + " is "
            + home
            + ", which holds neither python/federatedml nor fate/python/federatedml;"
            + " it must name a folder of FATE 1.11");
  }

  /**
   * Measures its Paillier in a process of its own.
   *
   * @param bits length of the key
   * @param features of a row of {@code X^T d}
   * @throws OriginalMissing if the interpreter cannot be started, fails, takes more than a quarter
   *     of an hour, or says something else than rates
   */
  OriginalRates paillier(int bits, int features) throws OriginalMissing {
    try {
      Path work = Files.createTempDirectory("fedflow-original");
      try {
        return rates(run(work, Integer.toString(bits), Integer.toString(features)));
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new OriginalMissing(interpreter + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OriginalMissing("interrupted while " + interpreter + " ran");
    }
  }

  private String run(Path work, String... arguments)
      throws IOException, InterruptedException, OriginalMissing {
    Path script = work.resolve(SCRIPT);
    try (InputStream in = OriginalFate.class.getResourceAsStream(SCRIPT)) {
      Files.copy(in, script);
    }
    Path out = work.resolve("out");
    Path errors = work.resolve("errors");
    List<String> command =
        Stream.concat(Stream.of(interpreter, script.toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("PYTHONPATH", python.toAbsolutePath().toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new OriginalMissing(
            interpreter + " has not ended after " + PATIENCE.toMinutes() + " minutes");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new OriginalMissing(
          interpreter + " ended with " + process.exitValue() + ": " + lastLine(errors));
    }
    return lastLine(out);
  }

  private OriginalRates rates(String line) throws OriginalMissing {
    try {
      if (new JacksonJsonCodec().read(line) instanceof Map<?, ?> answer
          && answer.get("about") instanceof String about
          && answer.get("rates") instanceof Map<?, ?> measured) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : measured.entrySet()) {
          if (entry.getValue() instanceof Number rate) {
            rates.put(String.valueOf(entry.getKey()), rate.doubleValue());
          }
        }
        return new OriginalRates(about, rates);
      }
    } catch (FedflowException e) {
      throw new OriginalMissing(interpreter + " printed no JSON but: " + line);
    }
    throw new OriginalMissing(interpreter + " printed no rates but: " + line);
  }

  private static String lastLine(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("nothing");
  }

  private static void delete(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(work);
  }
}
