package io.fedflow.server.cli;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Job documents from files: a DSL and a conf, both in one, or a saved pipeline. */
final class JobFiles {

  private static final List<String> DSL = List.of("job_dsl", "dsl");
  private static final List<String> CONF = List.of("job_runtime_conf", "runtime_conf", "conf");

  private JobFiles() {}

  /**
   * Two files; what is wrong with either is told together.
   *
   * @throws io.fedflow.failure.ProblemsException naming each file that cannot be read
   */
  static JobDocuments read(Path dsl, Path conf) {
    Problems problems = new Problems();
    Map<String, Object> dslTree = read(dsl, problems);
    Map<String, Object> confTree = read(conf, problems);
    problems.throwIfAny();
    return new JobDocuments(dslTree, confTree);
  }

  /**
   * One file that holds both.
   *
   * @throws FedflowException {@code file.documents} if it does not
   */
  static JobDocuments read(Path file) {
    Map<String, Object> tree = Documents.read(file);
    if (tree.containsKey("format")) {
      return Pipeline.load(file, new JacksonJsonCodec()).compile();
    }
    Object dsl = first(tree, DSL);
    Object conf = first(tree, CONF);
    if (dsl instanceof Map<?, ?> && conf instanceof Map<?, ?>) {
      return new JobDocuments(new Tree(dsl).object(), new Tree(conf).object());
    }
    throw FedflowException.invalid(
        "file.documents",
        file
            + ": found the keys "
            + tree.keySet()
            + ", expected one of "
            + DSL
            + " and one of "
            + CONF
            + ", or a saved pipeline; a DSL and a conf in files of their own are given both");
  }

  private static Map<String, Object> read(Path file, Problems problems) {
    try {
      return Documents.read(file);
    } catch (FedflowException unreadable) {
      problems.error(file.toString(), unreadable.getMessage(), "none", "a JSON object");
      return Map.of();
    }
  }

  private static Object first(Map<String, Object> tree, List<String> keys) {
    return keys.stream().filter(tree::containsKey).findFirst().map(tree::get).orElse(null);
  }
}
