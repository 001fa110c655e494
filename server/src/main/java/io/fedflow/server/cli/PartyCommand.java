package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow party}. */
@Command(
    name = "party",
    description = "Works on the network between parties.",
    subcommands = {
      PartyListCommand.class,
      PartyAddCommand.class,
      PartyPingCommand.class,
      PartyTraceCommand.class
    })
final class PartyCommand {}
