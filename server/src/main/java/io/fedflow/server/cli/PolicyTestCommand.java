package io.fedflow.server.cli;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.InputTable;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.policy.JobAsked;
import io.fedflow.policy.PolicyFinding;
import io.fedflow.policy.PolicyReader;
import io.fedflow.policy.RuleVerdict;
import io.fedflow.policy.RuleVerdict.Says;
import io.fedflow.policy.SitePolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow policy test}. */
@Command(
    name = "test",
    description = {
      "Tells what each rule of a policy says about a job, without a server. One file may hold DSL",
      "and conf: a pipeline that was saved, or an object with job_dsl and job_runtime_conf.",
      "Exits with 0 if the job is allowed, 1 if it is refused, 3 if it has to be approved; with 0,",
      "too, if only the rows of tables are unknown, which --rows tells."
    })
final class PolicyTestCommand implements Callable<Integer> {

  private static final int ALLOWED = 0;
  private static final int REFUSED = 1;
  private static final int ASKED = 3;

  @Mixin private Console console;

  @Parameters(index = "0", paramLabel = "FILE", description = "the file of the DSL, or of both")
  private Path file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CONF",
      description = "the file of the runtime conf")
  private Path conf;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "the file of the rules, default ${DEFAULT-VALUE}",
      defaultValue = "policy.json")
  private Path policy;

  @Option(
      names = "--party",
      paramLabel = "ROLE:ID",
      description = "at this party, repeatable; default each party of the job")
  private List<String> parties = List.of();

  @Option(
      names = "--rows",
      paramLabel = "NAMESPACE.NAME=N",
      description = "how many rows a table has; repeatable")
  private Map<String, Long> rows = Map.of();

  @Override
  public Integer call() throws Exception {
    ComponentCatalog catalog = ComponentCatalog.discover();
    JobDocuments documents = conf == null ? JobFiles.read(file) : JobFiles.read(file, conf);
    JobPlan plan = JobPlanner.plan(documents, catalog);
    SitePolicy rules = PolicyReader.read(Documents.read(policy), catalog);
    Map<Party, List<RuleVerdict>> all = new LinkedHashMap<>();
    for (Party party : asked(plan)) {
      all.put(party, rules.judge(new JobAsked(party, plan, catalog, counts(plan, party), true)));
    }
    console.result(tree(all), () -> text(all));
    if (all.values().stream().anyMatch(each -> code(each) == REFUSED)) {
      return REFUSED;
    }
    return all.values().stream().anyMatch(each -> code(each) == ASKED) ? ASKED : ALLOWED;
  }

  private List<Party> asked(JobPlan plan) {
    if (parties.isEmpty()) {
      return plan.parties().all();
    }
    List<Party> asked = new ArrayList<>();
    for (String each : parties) {
      Party party = parse(each);
      if (!plan.parties().contains(party)) {
        throw FedflowException.invalid(
            "party.unknown", "--party: found " + each + ", allowed one of " + plan.parties().all());
      }
      asked.add(party);
    }
    return asked;
  }

  private static Party parse(String text) {
    try {
      return Party.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw FedflowException.invalid("party.unknown", "--party: " + wrong.getMessage());
    }
  }

  private Map<InputTable, OptionalLong> counts(JobPlan plan, Party party) {
    Map<InputTable, OptionalLong> counts = new HashMap<>();
    for (InputTable table : InputTable.of(plan, party)) {
      Long count = rows.get(table.pattern());
      if (count != null) {
        counts.put(table, OptionalLong.of(count));
      }
    }
    return counts;
  }

  private static int code(List<RuleVerdict> verdicts) {
    if (verdicts.stream().anyMatch(each -> each.says() == Says.REFUSES)) {
      return REFUSED;
    }
    return verdicts.stream().anyMatch(each -> each.says() == Says.ASKS) ? ASKED : ALLOWED;
  }

  private static String word(List<RuleVerdict> verdicts) {
    return switch (code(verdicts)) {
      case REFUSED -> "refused";
      case ASKED -> "approval";
      default -> "allowed";
    };
  }

  private static String text(Map<Party, List<RuleVerdict>> all) {
    List<String> lines = new ArrayList<>();
    all.forEach(
        (party, verdicts) -> {
          lines.add(party + ": " + word(verdicts));
          verdicts.forEach(
              verdict -> {
                lines.add(
                    String.format(
                        "  %-8s %s (%s)", verdict.says().text(), verdict.rule(), verdict.type()));
                verdict.findings().forEach(finding -> lines.add("           " + finding));
              });
        });
    return String.join(System.lineSeparator(), lines);
  }

  private static Map<String, Object> tree(Map<Party, List<RuleVerdict>> all) {
    Map<String, Object> tree = new LinkedHashMap<>();
    all.forEach(
        (party, verdicts) -> {
          Map<String, Object> at = new LinkedHashMap<>();
          at.put("outcome", word(verdicts));
          at.put("rules", verdicts.stream().map(PolicyTestCommand::tree).toList());
          tree.put(party.toString(), at);
        });
    return tree;
  }

  private static Map<String, Object> tree(RuleVerdict verdict) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("rule", verdict.rule());
    tree.put("type", verdict.type());
    tree.put("says", verdict.says().text());
    tree.put("findings", verdict.findings().stream().map(PolicyTestCommand::finding).toList());
    return tree;
  }

  private static Map<String, Object> finding(PolicyFinding finding) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("where", finding.where());
    tree.put("found", finding.found());
    tree.put("allowed", finding.allowed());
    return tree;
  }
}
