package io.fedflow.server.db;

import picocli.CommandLine.Command;

/** {@code fedflow db}. */
@Command(
    name = "db",
    description = "Looks after the stores of a server: its database, tables and models.",
    subcommands = {
      DbMigrateCommand.class,
      DbCheckCommand.class,
      DbBackupCommand.class,
      DbRestoreCommand.class,
      DbExtractCommand.class
    })
public final class DbCommand {}
