package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow party}. */
@Command(
    name = "party",
    description = "Works on the network between parties, and on who this site is to them.",
    subcommands = {
      PartyListCommand.class,
      PartyAddCommand.class,
      PartyPingCommand.class,
      PartyTraceCommand.class,
      PartyInitCommand.class,
      PartyAuthorityCommand.class,
      PartySignCommand.class,
      PartyTrustCommand.class,
      PartyShowCommand.class,
      PartyKeyCommand.class,
      PartyRevokeCommand.class
    })
final class PartyCommand {}
