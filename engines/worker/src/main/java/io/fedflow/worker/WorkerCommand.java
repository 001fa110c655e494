package io.fedflow.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The command line of a worker. */
final class WorkerCommand {

  private WorkerCommand() {}

  static List<String> of(WorkerSettings settings) {
    List<String> command = new ArrayList<>();
    command.add(settings.java().toString());
    command.addAll(settings.flags());
    command.add("-Xmx" + settings.memory());
    // A thread that ran out of memory may be any thread: the whole worker has failed then.
    command.add("-XX:+ExitOnOutOfMemoryError");
    // Standard output carries frames and nothing else.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-Xlog:cds=off:stderr"));
    command.add("-XX:-UsePerfData");
    command.add("-cp");
    command.add(settings.classPath());
    command.add(WorkerMain.class.getName());
    return command;
  }

  static Process launch(WorkerSettings settings) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(of(settings));
    // Java prints a line about each of these, and what they say is for the server.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    return builder.start();
  }
}
