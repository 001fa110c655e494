package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failure in its own words; only our own bugs show where they happened. */
final class FailureText implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed)
      throws Exception {
    PrintWriter err = line.getErr();
    if (failure instanceof ProblemsException refused) {
      err.println("fedflow: the job was refused:");
      for (Problem problem : refused.problems()) {
        err.println("  " + problem);
      }
    } else if (failure instanceof FedflowException
        || failure instanceof java.io.IOException
        || failure instanceof java.io.UncheckedIOException) {
      err.println("fedflow: " + failure.getMessage());
    } else if (failure instanceof InterruptedException) {
      err.println("fedflow: interrupted");
    } else if (failure instanceof RuntimeException) {
      throw failure;
    } else {
      err.println("fedflow: " + failure.getMessage());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
