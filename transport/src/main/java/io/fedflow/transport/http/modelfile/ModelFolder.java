package io.fedflow.transport.http.modelfile;

import io.fedflow.data.Digests;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** The folder in which a server keeps model files for long. Blocking; thread-safe. */
public final class ModelFolder implements ModelPlace {

  private static final int BUFFER = 64 << 10;

  private final Path folder;

  /** Files below this folder, which is made if it is missing. */
  public ModelFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public String described() {
    return "the folder of models";
  }

  @Override
  public String store(PipelineModel model, ModelArchiveWriter writer, boolean replace)
      throws IOException {
    Files.createDirectories(folder);
    Path target = path(model);
    if (!replace && Files.exists(target)) {
      throw ModelPlace.exists(model);
    }
    Path made = Files.createTempFile(folder, ".model-", ".part");
    MessageDigest digest = Digests.sha256();
    try {
      try (OutputStream out =
          new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(made)), digest)) {
        writer.write(model, out);
      }
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(made);
    }
    return Digests.hex(digest);
  }

  /**
   * The file of a version.
   *
   * @throws FedflowException {@code model.unknown} if it is not in the folder
   */
  public Path find(String fileName) {
    Path file = below(fileName);
    if (!Files.isRegularFile(file)) {
      throw FedflowException.invalid("model.unknown", "the folder of models holds no " + fileName);
    }
    return file;
  }

  @Override
  public Fetched fetch(String fileName) {
    return new Fetched(find(fileName), Optional.empty(), false);
  }

  private Path path(PipelineModel model) {
    return below(ModelArchiveWriter.fileName(model));
  }

  private Path below(String fileName) {
    return folder.resolve(ModelPlace.requireName(fileName));
  }

  /** The SHA-256 digest of a file, lower-case hex. */
  public static String digest(Path file) throws IOException {
    MessageDigest digest = Digests.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return Digests.hex(digest);
  }
}
