package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow pipeline}. */
@Command(
    name = "pipeline",
    description = "Works on job documents, without a server.",
    subcommands = PipelineValidateCommand.class)
final class PipelineCommand {}
