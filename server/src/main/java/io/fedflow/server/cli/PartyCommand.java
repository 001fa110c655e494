package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow party}. */
@Command(
    name = "party",
    description = "Works on who this site is to other parties, and on whom it trusts.",
    subcommands = {
      PartyInitCommand.class,
      PartyAuthorityCommand.class,
      PartySignCommand.class,
      PartyTrustCommand.class,
      PartyShowCommand.class
    })
final class PartyCommand {}
