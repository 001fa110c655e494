package io.fedflow.server.cli;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow pipeline validate}. */
@Command(
    name = "validate",
    description = {
      "Checks a DSL and its runtime conf and tells all problems at once. One file may hold both: a",
      "pipeline that was saved, or an object with job_dsl and job_runtime_conf.",
      "Tables, permissions and models are not looked at: only a server knows them."
    })
final class PipelineValidateCommand implements Callable<Integer> {

  @Mixin private Console console;

  @Parameters(index = "0", paramLabel = "FILE", description = "the file of the DSL, or of both")
  private Path file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CONF",
      description = "the file of the runtime conf")
  private Path conf;

  @Override
  public Integer call() throws Exception {
    try {
      JobDocuments documents = conf == null ? JobFiles.read(file) : JobFiles.read(file, conf);
      JobPlan plan = JobPlanner.plan(documents, ComponentCatalog.discover());
      console.result(
          tree(List.of(), plan.warnings()),
          () -> words(plan.tasks().size() + " components, no problem", "warning", plan.warnings()));
      return 0;
    } catch (ProblemsException wrong) {
      console.result(
          tree(wrong.problems(), List.of()),
          () -> words(wrong.problems().size() + " problems", "problem", wrong.problems()));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static String words(String first, String kind, List<Problem> problems) {
    List<String> lines = new ArrayList<>();
    lines.add(first);
    problems.forEach(problem -> lines.add("  " + kind + ": " + problem));
    return String.join(System.lineSeparator(), lines);
  }

  private static Map<String, Object> tree(List<Problem> problems, List<Problem> warnings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("valid", problems.isEmpty());
    tree.put("problems", problems.stream().map(PipelineValidateCommand::tree).toList());
    tree.put("warnings", warnings.stream().map(PipelineValidateCommand::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(Problem problem) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("pointer", problem.pointer());
    tree.put("message", problem.message());
    tree.put("found", problem.found());
    tree.put("allowed", problem.allowed());
    return tree;
  }
}
