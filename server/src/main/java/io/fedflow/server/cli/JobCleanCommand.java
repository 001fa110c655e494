package io.fedflow.server.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow job clean}. */
@Command(
    name = "clean",
    description = "Drops the output tables, metrics and checkpoints of an ended job at a server.")
final class JobCleanCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Option(names = "--role", paramLabel = "ROLE", description = "only of parties of this role")
  private String role;

  @Option(names = "--party-id", paramLabel = "ID", description = "only of the party of this id")
  private String partyId;

  @Option(names = "--component", paramLabel = "NAME", description = "only of this component")
  private String component;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("job_id", jobId);
    filter.put("role", role);
    filter.put("party_id", partyId);
    filter.put("component_name", component);
    filter.values().removeIf(value -> value == null);
    Map<String, Object> outcome = server.blocking().clean(filter);
    console.result(outcome, () -> "cleaned " + jobId);
    return 0;
  }
}
