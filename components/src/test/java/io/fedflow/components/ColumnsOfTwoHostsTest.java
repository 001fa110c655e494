package io.fedflow.components;

import static io.fedflow.components.testing.HomoData.SECOND;
import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskInputs;
import io.fedflow.components.testing.Agreement;
import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.JobVariants;
import io.fedflow.components.testing.TwoHosts;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether columns lie with one host or with two changes nothing of what comes out. */
class ColumnsOfTwoHostsTest {

  private static final double TOLERANCE = 1e-6;
  private static final int COLUMNS_OF_FIRST = 2;

  /** Where a summary tells of how many columns there are. */
  private static final Pattern COUNT = Pattern.compile("(_nums|_dimension)$");

  /** What cannot have the columns of one host at two, and why. */
  private static final Map<String, String> OF_ONE_HOST = new TreeMap<>();

  static {
    for (String module :
        List.of("HomoDataSplit", "HomoFeatureBinning", "HomoLR", "HomoOneHotEncoder")) {
      OF_ONE_HOST.put(module, "parties have the same columns of different rows");
    }
    for (String module : List.of("LocalBaseline", "SampleWeight")) {
      OF_ONE_HOST.put(module, "every party goes by its own labels");
    }
    OF_ONE_HOST.put("Evaluation", "the guest alone has predictions");
    OF_ONE_HOST.put("Scorecard", "the guest alone has predictions");
    OF_ONE_HOST.put("ColumnExpand", "appends the same columns at every party");
    OF_ONE_HOST.put("Reader", "hands on what was stored");
    OF_ONE_HOST.put("FeldmanVerifiableSum", "adds the same column of all parties");
    OF_ONE_HOST.put("SecureAddExample", "adds numbers of one host, and reads no columns");
    OF_ONE_HOST.put("SecureInformationRetrieval", "takes one host");
    OF_ONE_HOST.put("HeteroPoisson", "takes one host: the exponents of several would multiply");
    OF_ONE_HOST.put("HeteroPearson", "correlates with the columns of the first host, as FATE does");
    OF_ONE_HOST.put("HeteroLR: stepwise", "goes by losses, which are computed with one host only");
    OF_ONE_HOST.put("HeteroSecureBoost: mix", "every host grows trees of its own columns in turn");
    OF_ONE_HOST.put(
        "HeteroSecureBoost: layered", "the levels of hosts are split by one of them in a tree");
  }

  static Stream<String> ofSeveralHosts() {
    return Stream.concat(ComponentJobs.modules().stream(), JobVariants.names().stream())
        .filter(name -> !OF_ONE_HOST.containsKey(name))
        .filter(name -> !OF_ONE_HOST.containsKey(JobVariants.module(name)));
  }

  /** Jobs in which nothing is drawn that depends on who has which column. */
  private static ComponentJob job(String name) {
    ComponentJob job = JobVariants.of(name);
    return switch (job.module()) {
      case "HeteroLR", "HeteroLinR" ->
          job.with(
              Map.of(
                  "batch_size",
                  -1,
                  "max_iter",
                  3,
                  // Losses are computed with one host only.
                  "early_stop",
                  "weight_diff",
                  "init_param",
                  Map.of("init_method", "zeros")));
      case "HeteroSecureBoost" -> job.with(Map.of("subsample_feature_rate", 1.0));
      case "Intersection" ->
          job.tables(
              (party, table) ->
                  party.equals(HOST) ? table.select(IntStream.range(0, 30).toArray()) : table);
      default -> job;
    };
  }

  private static ComponentJob ofTwo(String name) {
    ComponentJob two = TwoHosts.of(job(name));
    if (!two.module().equals("HeteroFeatureSelection")) {
      return two;
    }
    Result bins = ofTwo("HeteroFeatureBinning").harness().run().succeeded();
    Map<Party, TaskInputs> inputs = new LinkedHashMap<>();
    two.inputs()
        .forEach(
            (party, given) -> {
              ComponentModel model = bins.of(party).model().orElseThrow();
              inputs.put(party, new TaskInputs(given.data(), Optional.empty(), List.of(model)));
            });
    return new ComponentJob(two.component(), two.parties(), two.params(), inputs);
  }

  @ParameterizedTest
  @MethodSource("ofSeveralHosts")
  void twoHosts_giveWhatOneGives(String name) {
    Result one = job(name).harness().seed(11).run().succeeded();
    Result two = ofTwo(name).harness().seed(11).run().succeeded();

    List<Table> ofGuest = one.of(GUEST).data();
    assertThat(two.of(GUEST).data()).hasSameSizeAs(ofGuest);
    for (int i = 0; i < ofGuest.size(); i++) {
      Agreement.assertSame(ofGuest.get(i), two.of(GUEST).data().get(i), TOLERANCE, Set.of());
    }
    List<Table> ofHost = one.of(HOST).data();
    assertThat(two.of(HOST).data()).hasSameSizeAs(ofHost);
    for (int i = 0; i < ofHost.size(); i++) {
      Table first = two.of(HOST).data().get(i);
      Table second = two.of(SECOND).data().get(i);
      if (JobVariants.isOfFolds(name)) {
        // Which fold a row was in is the same at every host.
        Agreement.assertSame(first, second, 0, Set.of());
      }
      Table joined = JobVariants.isOfFolds(name) ? first : TwoHosts.joined(first, second);
      Agreement.assertSame(ofHost.get(i), joined, TOLERANCE, Set.of());
    }
    Map<String, Double> learned = learned(one, GUEST, HOST);
    Agreement.assertSame(learned, learned(two, GUEST, HOST, SECOND), TOLERANCE);
    assertThat(ofGuest.size() + ofHost.size() + learned.size())
        .as("what was compared")
        .isPositive();
  }

  /** Otherwise what guests count of hosts could differ unseen. */
  @Test
  void whatIsCountedOfHosts_isCompared() {
    Result result = ofTwo("HeteroFeatureBinning").harness().run().succeeded();
    assertThat(learned(result, GUEST, HOST, SECOND).keySet())
        .filteredOn(path -> path.endsWith("/iv"))
        .anyMatch(path -> path.contains("host_10000_x3"));
  }

  @Test
  void everyModuleTakesTwoHostsOrSaysWhyNot() {
    assertThat(OF_ONE_HOST.keySet())
        .allMatch(
            name -> ComponentJobs.modules().contains(name) || JobVariants.names().contains(name));
  }

  /**
   * Summaries and weights of all parties, and what the guest counted of hosts, with the names that
   * columns have at one host; numbers of columns of hosts are added up.
   */
  private static Map<String, Double> learned(Result result, Party... parties) {
    Map<String, Double> learned = new TreeMap<>();
    for (Party party : parties) {
      Map<String, Object> known = new LinkedHashMap<>(result.trackers().get(party).summary());
      result
          .of(party)
          .model()
          .filter(model -> model.endingWith("Param").isPresent())
          .ifPresent(
              model -> {
                known.put("weight", model.param().map("weight"));
                for (ModelMessage host : model.param().<ModelMessage>list("host_results")) {
                  known.put("counted of " + host.text("party_id"), host.map("binning_result"));
                }
              });
      Agreement.numbers(known)
          .forEach(
              (path, value) ->
                  learned.merge(
                      party.role().name() + asOfOne(path),
                      value,
                      (first, second) -> COUNT.matcher(path).find() ? first + second : second));
    }
    return learned;
  }

  private static String asOfOne(String path) {
    return TwoHosts.asOfOne(path, COLUMNS_OF_FIRST)
        .replace("counted of " + SECOND.id(), "counted of " + HOST.id());
  }
}
