package io.fedflow.server.db;

import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.Console;
import io.fedflow.storage.sql.backup.BackupFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow db restore}. */
@Command(
    name = "restore",
    description = {
      "Restores a backup into a folder without a database, or into a Postgres database that no",
      "server used. The backup is read and compared with its digests before anything is written;",
      "all of it is restored, or nothing. The next start of the server goes on with the jobs that",
      "ran when the backup was made: other parties may have ended them meanwhile, and say so."
    })
final class DbRestoreCommand implements Callable<Integer> {

  @Mixin private StorePlace place;
  @Mixin private Console console;

  @Option(names = "--verify", description = "only read the backup and compare it with its digests")
  private boolean verify;

  @Parameters(paramLabel = "FILE", description = "a backup")
  private Path file;

  @Override
  public Integer call() throws Exception {
    if (!Files.isRegularFile(file)) {
      throw FedflowException.invalid("backup.unknown", file + ": found no such file");
    }
    try (BackupFile backup = BackupFile.open(file)) {
      if (!verify) {
        place.target(
            backup.manifest().schema(),
            target -> {
              backup.restore(target);
              return null;
            });
      }
      console.result(
          DbBackupCommand.tree(backup.manifest()),
          () -> (verify ? "sound: " : "restored: ") + DbBackupCommand.words(backup.manifest()));
    }
    return 0;
  }
}
