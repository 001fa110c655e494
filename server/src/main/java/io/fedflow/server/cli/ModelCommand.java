package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow model}. */
@Command(
    name = "model",
    description = "Works on the models of a server.",
    subcommands = {ModelDiffCommand.class, ModelStoreCommand.class, ModelRestoreCommand.class})
final class ModelCommand {}
