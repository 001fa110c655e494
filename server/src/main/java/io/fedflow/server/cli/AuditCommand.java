package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow audit}. */
@Command(
    name = "audit",
    description = "Shows and checks the log of who did what at a server.",
    subcommands = {AuditListCommand.class, AuditVerifyCommand.class})
final class AuditCommand {}
