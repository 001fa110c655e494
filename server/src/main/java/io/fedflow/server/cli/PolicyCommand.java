package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow policy}. */
@Command(
    name = "policy",
    description = "Tries the rules of a site.",
    subcommands = PolicyTestCommand.class)
final class PolicyCommand {}
