package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever JSON comes, the planner plans or refuses; the parameter is the seed. */
class PlannerFuzzTest {

  private static final List<String> WORDS =
      List.of(
          "components",
          "module",
          "input",
          "output",
          "data",
          "model",
          "isometric_model",
          "cache",
          "train_data",
          "role",
          "common",
          "guest",
          "host",
          "arbiter",
          "all",
          "0",
          "0|1",
          "|",
          "args",
          "initiator",
          "party_id",
          "job_parameters",
          "component_parameters",
          "role_parameters",
          "algorithm_parameters",
          "dsl_version",
          "load_0",
          "score_lr",
          "load_0.data",
          "score_lr.model",
          "pipeline.a.b",
          "args.samples",
          ".",
          "a.",
          ".a",
          "",
          "Reader",
          "HeteroLR",
          "name",
          "namespace",
          "table",
          "init_param",
          "a/b",
          "~",
          "need_deploy",
          "provider",
          "predict",
          "job_type",
          "backend",
          "work_mode",
          "timeout");

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  private static Object scalar(Random random) {
    Object[] scalars = {
      null, true, false, 0, 1, 2, -1, 101, 201, 1.5, Long.MAX_VALUE, 1e300, "2", "x".repeat(5000)
    };
    return random.nextBoolean() ? word(random) : scalars[random.nextInt(scalars.length)];
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static Object tree(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind == 0) {
      return scalar(random);
    }
    if (kind == 1) {
      List<Object> list = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(tree(random, depth - 1));
      }
      return list;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      map.put(word(random), tree(random, depth - 1));
    }
    return map;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Random random) {
    Object tree = tree(random, 7);
    return tree instanceof Map ? (Map<String, Object>) tree : Map.of();
  }

  /** Every container of a document, so that any place of it can be spoilt. */
  private static void collect(Object tree, List<Object> containers) {
    if (tree instanceof Map<?, ?> map) {
      containers.add(map);
      map.values().forEach(value -> collect(value, containers));
    } else if (tree instanceof List<?> list) {
      containers.add(list);
      list.forEach(value -> collect(value, containers));
    }
  }

  @SuppressWarnings("unchecked")
  private static void spoil(Object document, Random random) {
    List<Object> containers = new ArrayList<>();
    collect(document, containers);
    Object container = containers.get(random.nextInt(containers.size()));
    if (container instanceof Map) {
      Map<String, Object> map = (Map<String, Object>) container;
      List<String> keys = List.copyOf(map.keySet());
      String key =
          keys.isEmpty() || random.nextInt(4) == 0
              ? word(random)
              : keys.get(random.nextInt(keys.size()));
      if (random.nextInt(4) == 0) {
        map.remove(key);
      } else {
        map.put(key, tree(random, 3));
      }
    } else {
      List<Object> list = (List<Object>) container;
      if (list.isEmpty() || random.nextInt(3) == 0) {
        list.add(tree(random, 3));
      } else {
        list.set(random.nextInt(list.size()), tree(random, 3));
      }
    }
  }

  private static void planOrRefuse(JobDocuments documents) {
    try {
      JobPlan plan = JobPlanner.plan(documents, FakeComponents.CATALOG);
      assertThat(plan.tasks()).isNotEmpty();
      assertThat(plan.parties().contains(plan.initiator())).isTrue();
      plan.parties().all().forEach(party -> PartyJobParameters.at(plan, party));
    } catch (ProblemsException refusal) {
      assertThat(refusal.problems()).isNotEmpty();
      for (Problem problem : refusal.problems()) {
        assertThat(problem.pointer()).matches("(?s)(dsl|conf)(/.*)?");
        assertThat(problem.allowed()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_randomTrees_onlyEverRefuses(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      planOrRefuse(new JobDocuments(object(random), object(random)));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_soundJobSpoiltInSomePlaces_plansOrRefuses(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      JobDocuments documents = (random.nextBoolean() ? Documents.v1() : Documents.v2()).build();
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        spoil(random.nextBoolean() ? documents.dsl() : documents.conf(), random);
      }
      planOrRefuse(documents);
    }
  }
}
