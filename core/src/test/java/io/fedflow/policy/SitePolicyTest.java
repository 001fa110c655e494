package io.fedflow.policy;

import static io.fedflow.fakes.Plans.ARBITER;
import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskOutputs;
import io.fedflow.dsl.InputTable;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.TableRef;
import io.fedflow.failure.ProblemsException;
import io.fedflow.fakes.Plans;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.policy.RuleVerdict.Says;
import io.fedflow.spi.JobPolicy.Decision;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SitePolicyTest {

  private static final InputTable TABLE =
      new InputTable.Stored(new TableRef("bank", "clients_2024"));

  private static final ComponentCatalog CATALOG =
      new ComponentCatalog(
          List.of(reader(), component("Train", Set.of("Fit")), component("Score", Set.of())));

  private static Component reader() {
    return component(
        "Reader",
        Set.of(),
        ParameterSchema.builder()
            .any("table", null, "which", ParameterType.MAP, ParameterType.NULL)
            .build());
  }

  private static Component component(String module, Set<String> aliases) {
    return component(
        module,
        aliases,
        ParameterSchema.builder()
            .integer("max_iter", 30, 1, null, "rounds")
            .text("mode", "strict", "how")
            .text("intersect_method", "rsa", "how")
            .object(
                "encrypt_param",
                ParameterSchema.builder().integer("key_length", 2048, 1024, 8192, "bits").build(),
                "the key")
            .object(
                "rsa_params",
                ParameterSchema.builder().integer("key_length", 2048, 1024, 8192, "bits").build(),
                "the key")
            .build());
  }

  private static Component component(
      String module, Set<String> aliases, ParameterSchema parameters) {
    return Component.of(
        new ComponentDescriptor(
            module,
            aliases,
            Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
            parameters,
            List.of(),
            Map.of(),
            ComponentDescriptor.ParameterCheck.NONE),
        context -> TaskOutputs.none());
  }

  private static Pipeline pipeline() {
    Pipeline pipeline = Plans.three();
    pipeline
        .add("reader_0", "Reader")
        .set(HOST, "table", Map.of("namespace", "bank", "name", "clients_2024"))
        .set(GUEST, "table", Map.of("namespace", "shop", "name", "labels"));
    pipeline.add("train_0", "Fit").data("reader_0").set("max_iter", 100);
    return pipeline;
  }

  private static JobPlan plan(Pipeline pipeline) {
    return JobPlanner.plan(pipeline.compile(), CATALOG);
  }

  private static SitePolicy policy(Map<?, ?>... rules) {
    return PolicyReader.read(Map.of("version", 1, "rules", List.of(rules)), CATALOG);
  }

  private static RuleVerdict verdict(Map<?, ?> rule, Party at, JobPlan plan, long rows) {
    JobAsked job = new JobAsked(at, plan, CATALOG, Map.of(TABLE, OptionalLong.of(rows)), false);
    return policy(rule).judge(job).get(0);
  }

  private static List<String> refused(Map<?, ?> rule) {
    RuleVerdict verdict = verdict(rule, HOST, plan(pipeline()), 50);
    assertThat(verdict.says()).isEqualTo(verdict.findings().isEmpty() ? Says.ALLOWS : Says.REFUSES);
    return verdict.findings().stream().map(PolicyFinding::toString).toList();
  }

  @Test
  void partners_areAllowedOrDeniedById() {
    assertThat(refused(Map.of("name", "p", "type", "partners", "allow", List.of(1, "3"))))
        .isEmpty();
    assertThat(refused(Map.of("name", "p", "type", "partners", "allow", List.of(1))))
        .containsExactly("role/arbiter: found 3, allowed partners [1]");
    assertThat(
            refused(
                Map.of(
                    "name",
                    "p",
                    "type",
                    "partners",
                    "roles",
                    List.of("guest"),
                    "allow",
                    List.of(1))))
        .isEmpty();
    assertThat(refused(Map.of("name", "p", "type", "partners", "deny", List.of("1"))))
        .containsExactly("role/guest: found 1, allowed all partners but [1]");
  }

  @Test
  void components_areAllowedByAnyOfTheirNames() {
    assertThat(
            refused(Map.of("name", "c", "type", "components", "allow", List.of("Reader", "Train"))))
        .isEmpty();
    assertThat(refused(Map.of("name", "c", "type", "components", "allow", List.of("Reader"))))
        .containsExactly("train_0/module: found Fit, allowed [Reader]");
    assertThat(refused(Map.of("name", "c", "type", "components", "deny", List.of("Fit"))))
        .containsExactly("train_0/module: found Fit, allowed all components but [Train]");
  }

  @Test
  void parameters_areBounded_defaultsIncluded() {
    Map<String, Object> most =
        Map.of(
            "name",
            "m",
            "type",
            "parameter",
            "component",
            "Train",
            "parameter",
            "max_iter",
            "max",
            50);
    assertThat(refused(most)).containsExactly("train_0/max_iter: found 100, allowed 50 or less");
    Map<String, Object> least =
        Map.of(
            "name",
            "m",
            "type",
            "parameter",
            "component",
            "*",
            "parameter",
            "encrypt_param.key_length",
            "min",
            3072);
    assertThat(refused(least))
        .containsExactly("train_0/encrypt_param/key_length: found 2048, allowed 3072 or more");
    assertThat(
            refused(
                Map.of(
                    "name",
                    "m",
                    "type",
                    "parameter",
                    "component",
                    "Fit",
                    "parameter",
                    "mode",
                    "one_of",
                    List.of("fast"))))
        .containsExactly("train_0/mode: found strict, allowed one of [fast]");
    assertThat(
            refused(
                Map.of(
                    "name",
                    "m",
                    "type",
                    "parameter",
                    "component",
                    "Fit",
                    "parameter",
                    "max_iter",
                    "one_of",
                    List.of(100.0),
                    "min",
                    1,
                    "max",
                    100)))
        .isEmpty();
    assertThat(
            refused(
                Map.of(
                    "name",
                    "m",
                    "type",
                    "parameter",
                    "component",
                    "Fit",
                    "parameter",
                    "mode",
                    "min",
                    1)))
        .as("no number where a number is asked for")
        .containsExactly("train_0/mode: found strict, allowed 1 or more");
  }

  @Test
  void parametersOfOthers_areAskedForByName() {
    Pipeline pipeline = pipeline();
    pipeline
        .add("score_0", "Score")
        .data("train_0")
        .set(ARBITER, "max_iter", 99)
        .set("max_iter", 1);
    Map<String, Object> rule =
        Map.of(
            "name",
            "m",
            "type",
            "parameter",
            "component",
            "Score",
            "parameter",
            "max_iter",
            "max",
            50);
    assertThat(verdict(rule, HOST, plan(pipeline), 1).says()).isEqualTo(Says.ALLOWS);
    Map<String, Object> all = new java.util.HashMap<>(rule);
    all.put("parties", "all");
    assertThat(verdict(all, HOST, plan(pipeline), 1).findings())
        .extracting(PolicyFinding::where)
        .containsExactly("score_0/max_iter at arbiter:3");
  }

  @Test
  void keys_areLongEnoughWhoeverMakesThem() {
    Pipeline pipeline = Plans.three();
    pipeline
        .add("train_0", "Train")
        .set(ARBITER, "encrypt_param", Map.of("key_length", 1024))
        .set("rsa_params", Map.of("key_length", 1536));
    Map<String, Object> rule =
        Map.of("name", "k", "type", "key_sizes", "paillier", 2048, "rsa", 1536);
    assertThat(verdict(rule, HOST, plan(pipeline), 1).findings())
        .extracting(PolicyFinding::toString)
        .containsExactly(
            "train_0/encrypt_param/key_length at arbiter:3: found 1024 bits, allowed 2048 bits or"
                + " more");
    Map<String, Object> rsa = Map.of("name", "k", "type", "key_sizes", "rsa", 2048);
    assertThat(verdict(rsa, HOST, plan(pipeline), 1).findings()).hasSize(3);
  }

  @Test
  void tables_mustBeAllowedToPartnersAndComponents() {
    assertThat(refused(datasets(Map.of("tables", List.of("bank.clients_*"))))).isEmpty();
    assertThat(refused(datasets(Map.of("tables", List.of("bank.clients")))))
        .containsExactly(
            "table bank.clients_2024: found no entry for it, allowed tables bank.clients");
    assertThat(refused(datasets(Map.of("tables", List.of("bank.*"), "partners", List.of("1")))))
        .containsExactly(
            "table bank.clients_2024: found partners [1, 3] with components [Reader, Train],"
                + " allowed partners [1]");
    assertThat(
            refused(
                datasets(
                    Map.of("tables", List.of("bank.*"), "partners", List.of("1")),
                    Map.of(
                        "tables", List.of("*_2024"),
                        "partners", List.of(1, 3, 4),
                        "components", List.of("Fit", "Reader")))))
        .isEmpty();
  }

  private static Map<String, Object> datasets(Map<?, ?>... entries) {
    return Map.of("name", "d", "type", "datasets", "allow", List.of(entries));
  }

  @Test
  void smallTables_areRefused() {
    Map<String, Object> rule = Map.of("name", "r", "type", "min_rows", "rows", 50);
    assertThat(refused(rule)).isEmpty();
    assertThat(refused(Map.of("name", "r", "type", "min_rows", "rows", 51)))
        .containsExactly("table bank.clients_2024: found 50 rows, allowed 51 rows or more");
    assertThat(
            refused(
                Map.of("name", "r", "type", "min_rows", "rows", 51, "tables", List.of("other.*"))))
        .isEmpty();
    JobAsked offline = JobAsked.offline(HOST, plan(pipeline()), CATALOG);
    List<RuleVerdict> verdicts = policy(rule).judge(offline);
    assertThat(verdicts.get(0).says()).isEqualTo(Says.UNKNOWN);
    assertThat(SitePolicy.decision(verdicts)).isInstanceOf(Decision.Refuse.class);
    JobAsked missing = new JobAsked(HOST, plan(pipeline()), CATALOG, Map.of(), false);
    assertThat(policy(rule).judge(missing).get(0).says()).isEqualTo(Says.REFUSES);
  }

  @Test
  void jobsOfOthers_mayHaveToBeApproved() {
    Map<String, Object> rule =
        Map.of("name", "a", "type", "approve", "components", List.of("Train"));
    JobPlan plan = plan(pipeline());
    assertThat(verdict(rule, HOST, plan, 1).says()).isEqualTo(Says.ASKS);
    assertThat(verdict(rule, GUEST, plan, 1).says()).as("its own job").isEqualTo(Says.ALLOWS);
    Map<String, Object> others = Map.of("name", "a", "type", "approve", "initiators", List.of(7));
    assertThat(verdict(others, HOST, plan, 1).says()).isEqualTo(Says.ALLOWS);
    Map<String, Object> tables =
        Map.of("name", "a", "type", "approve", "tables", List.of("bank.*"));
    assertThat(verdict(tables, HOST, plan, 1).says()).isEqualTo(Says.ASKS);
    assertThat(verdict(tables, ARBITER, plan, 1).says()).isEqualTo(Says.ALLOWS);
  }

  @Test
  void refusalsComeBeforeQuestions_andNameEveryRule() {
    SitePolicy policy =
        policy(
            Map.of("name", "ask", "type", "approve"),
            Map.of("name", "few", "type", "partners", "allow", List.of(1)),
            Map.of("name", "none", "type", "components", "deny", List.of("Train")));
    Decision decision =
        SitePolicy.decision(policy.judge(JobAsked.offline(HOST, plan(pipeline()), CATALOG)));
    assertThat(((Decision.Refuse) decision).reason())
        .isEqualTo(
            "policy rule 'few': role/arbiter: found 3, allowed partners [1]; rule 'none':"
                + " train_0/module: found Fit, allowed all components but [Train]");
    assertThat(
            SitePolicy.decision(
                policy(Map.of("name", "ask", "type", "approve"))
                    .judge(JobAsked.offline(HOST, plan(pipeline()), CATALOG))))
        .isInstanceOf(Decision.Ask.class);
    assertThat(SitePolicy.decision(List.of())).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void everythingWrongWithAFile_isToldAtOnce() {
    Map<String, Object> file =
        Map.of(
            "version",
            2,
            "rules",
            List.of(
                Map.of("name", "a", "type", "partner", "allow", List.of(1)),
                Map.of("name", "b", "type", "partners"),
                Map.of("name", "b", "type", "components", "allow", List.of("Nothing"), "x", 1),
                Map.of(
                    "name",
                    "c",
                    "type",
                    "parameter",
                    "component",
                    "Train",
                    "parameter",
                    "encrypt_param.bits",
                    "min",
                    1),
                Map.of("name", "d", "type", "min_rows", "rows", 0),
                Map.of("name", "e", "type", "datasets", "allow", List.of("t")),
                "rule"));
    ProblemsException wrong =
        catchThrowableOfType(ProblemsException.class, () -> PolicyReader.read(file, CATALOG));
    assertThat(wrong.problems())
        .extracting(problem -> problem.pointer())
        .contains(
            "policy/version",
            "policy/rules/0/type",
            "policy/rules/1",
            "policy/rules/2/name",
            "policy/rules/2/x",
            "policy/rules/2/allow",
            "policy/rules/3/parameter",
            "policy/rules/4/rows",
            "policy/rules/5/allow/0",
            "policy/rules/6/type");
    assertThat(catchThrowableOfType(ProblemsException.class, () -> PolicyReader.read(1, CATALOG)))
        .hasMessageContaining("policy");
  }
}
