package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow data}. */
@Command(
    name = "data",
    description = "Works on the tables of a server.",
    subcommands = DataUploadCommand.class)
final class DataCommand {}
