package io.fedflow.transport.http.modelfile;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a server keeps model files for long. Blocking; thread-safe. */
public interface ModelPlace {

  /** What it is, within a sentence. */
  String described();

  /**
   * Puts a version there, whole or not at all.
   *
   * @param replace whether a file that is there already is replaced
   * @return the SHA-256 digest of the file, lower-case hex
   * @throws FedflowException CONFLICT {@code model.exists}, or what keeps it from being stored
   * @throws InterruptedException if the task was stopped
   */
  String store(PipelineModel model, ModelArchiveWriter writer, boolean replace)
      throws IOException, InterruptedException;

  /**
   * Takes the file of a version out; the caller closes it.
   *
   * @throws FedflowException {@code model.unknown} if it is not there
   * @throws InterruptedException if the task was stopped
   */
  Fetched fetch(String fileName) throws IOException, InterruptedException;

  /**
   * A model file to read.
   *
   * @param file where it lies
   * @param stored the digest that it was stored with, lower-case hex; empty if nobody noted it
   * @param copy whether it goes when it is closed
   */
  record Fetched(Path file, Optional<String> stored, boolean copy) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (copy) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Ids of models may come from clients: none may lead out of where models are. */
  static String requireName(String fileName) {
    if (!fileName.matches("[A-Za-z0-9][A-Za-z0-9_.#-]{0,250}")) {
      throw FedflowException.invalid(
          "model.file",
          "model_id: found one of "
              + fileName.length()
              + " characters that is no file name, allowed 1..200 letters, digits, '_', '-', '.'"
              + " and '#'");
    }
    return fileName;
  }

  /** The refusal of a version that is there already. */
  static FedflowException exists(PipelineModel model) {
    return new FedflowException(
        FailureKind.CONFLICT,
        "model.exists",
        "model_version: found "
            + model.modelVersion()
            + ", which is stored already; store it with force_update true to replace it");
  }
}
