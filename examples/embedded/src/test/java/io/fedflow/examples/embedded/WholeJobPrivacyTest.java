package io.fedflow.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder.Links;
import io.fedflow.component.Component;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Payload;
import io.fedflow.federation.Protection;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records everything that crosses between the parties of a whole job. */
class WholeJobPrivacyTest {

  private static final Map<String, String> MODULES =
      Map.of(
          "intersection_0", "Intersection",
          "binning_0", "HeteroFeatureBinning",
          "selection_0", "HeteroFeatureSelection",
          "lr_0", "HeteroLR");

  private static List<Envelope> messages;
  private static Map<String, Component> components;

  @BeforeAll
  static void runOnce() throws Exception {
    List<Envelope> recorded = Collections.synchronizedList(new ArrayList<>());
    try (Fedflow fedflow =
        Fedflow.builder()
            .links(
                (own, boxes) ->
                    new Links(
                        own,
                        envelope -> {
                          recorded.add(envelope);
                          boxes.deliver(envelope);
                        },
                        party -> true))
            .build()) {
      BreastJob.store(fedflow, "", id -> true);
      BreastJob.run(fedflow, job().compile());
      components = new HashMap<>();
      MODULES.forEach(
          (name, module) -> components.put(name, fedflow.components().find(module).orElseThrow()));
    }
    messages = List.copyOf(recorded);
  }

  private static Pipeline job() {
    Pipeline job = BreastJob.parties();
    BreastJob.reader(job, "reader_0", "");
    job.add("transform_0", "DataTransform")
        .data("reader_0")
        .set(BreastJob.GUEST, "with_label", true);
    job.add("intersection_0", "Intersection").data("transform_0");
    job.add("binning_0", "HeteroFeatureBinning")
        .data("intersection_0")
        .set("encrypt_param", Map.of("key_length", 1024))
        .set("transform_param", Collections.singletonMap("transform_type", null));
    job.add("selection_0", "HeteroFeatureSelection")
        .data("binning_0")
        .isometricModel("binning_0")
        .set("filter_methods", List.of("unique_value", "iv_value_thres"))
        .set("iv_value_param", Map.of("value_threshold", 0.1));
    BreastJob.smallLr(job, "lr_0").data("train_data", "selection_0");
    return job;
  }

  @Test
  void everyMessage_isDeclaredAndOfItsForm() {
    Set<String> talking = new TreeSet<>();
    for (Envelope message : messages) {
      Component component = components.get(message.task().component());
      assertThat(component).as("%s talks", message.task()).isNotNull();
      talking.add(message.task().component());
      MessageDeclaration declared =
          component.descriptor().message(message.tag().name()).orElseThrow();
      assertThat(declared.from()).contains(message.from().role());
      assertThat(declared.to()).contains(message.to().role());
      if (declared.protection() == Protection.CIPHERTEXT) {
        assertThat(message.payload().format())
            .as("%s", message.tag())
            .isIn(Payload.Format.CIPHERTEXTS, Payload.Format.INTEGERS, Payload.Format.BYTES);
      }
    }
    assertThat(talking).isEqualTo(new TreeSet<>(MODULES.keySet()));
  }

  @Test
  void noMessage_holdsAnIdOrAPlainHashOfOne() throws Exception {
    List<String> traces = new ArrayList<>();
    for (String id : BreastJob.guestTable().ids()) {
      traces.add(id);
      for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
        byte[] hash =
            MessageDigest.getInstance(algorithm).digest(id.getBytes(StandardCharsets.UTF_8));
        traces.add(latin(hash).substring(0, 10));
        traces.add(HexFormat.of().formatHex(hash).substring(0, 20));
      }
    }
    assertNoneHolds(traces);
  }

  @Test
  void noMessage_holdsARawFeatureValue() throws Exception {
    List<String> traces = new ArrayList<>();
    for (Table table : List.of(BreastJob.guestTable(), BreastJob.hostTable())) {
      for (int c = 0; c < table.columns().size(); c++) {
        ColumnSpec spec = table.schema().columns().get(c);
        if (!spec.name().equals("y")) {
          addValues(traces, table.column(c));
        }
      }
    }
    assertThat(traces).hasSizeGreaterThan(30_000);
    assertNoneHolds(traces);
  }

  private static void addValues(List<String> traces, Column column) {
    for (int row = 0; row < column.size(); row++) {
      String text = column.textAt(row);
      traces.add(text);
      byte[] big = ByteBuffer.allocate(8).putDouble(Double.parseDouble(text)).array();
      byte[] little =
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putDouble(Double.parseDouble(text))
              .array();
      traces.add(latin(big));
      traces.add(latin(little));
    }
  }

  /** Looks every window of eight bytes up, so that tens of thousands of traces cost no time. */
  private static void assertNoneHolds(List<String> traces) {
    Map<String, List<String>> byStart = new HashMap<>();
    for (String trace : traces) {
      byStart.computeIfAbsent(trace.substring(0, 8), s -> new ArrayList<>()).add(trace);
    }
    for (Envelope message : messages) {
      String content = latin(message.payload().bytes());
      for (int at = 0; at + 8 <= content.length(); at++) {
        for (String trace : byStart.getOrDefault(content.substring(at, at + 8), List.of())) {
          assertThat(content.startsWith(trace, at))
              .as("%s from %s holds something of a party's own", message.tag(), message.from())
              .isFalse();
        }
      }
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
