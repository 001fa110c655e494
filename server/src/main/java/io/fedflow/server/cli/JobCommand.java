package io.fedflow.server.cli;

import picocli.CommandLine.Command;

/** {@code fedflow job}. */
@Command(
    name = "job",
    description = "Works on the jobs of a server.",
    subcommands = {
      JobSubmitCommand.class,
      JobQueryCommand.class,
      JobExplainCommand.class,
      JobWaitCommand.class,
      JobStopCommand.class,
      JobReviewCommand.class,
      JobApproveCommand.class,
      JobRejectCommand.class,
      JobCleanCommand.class,
      JobLogCommand.class
    })
final class JobCommand {}
