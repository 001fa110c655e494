package io.fedflow.transport.http.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.Fedflow;
import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.spi.Stores;
import io.fedflow.testkit.store.KeptBlobs;
import io.fedflow.transport.http.fake.Rows;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged model files: each is taken in whole, or refused in clear words; never half of a version,
 * and what was there before stays. The profile {@code mutations} tries ten thousand.
 */
class DamagedArchivesTest {

  private static final int TRIALS = Integer.getInteger("fedflow.mutations", 600);
  private static final long SEED = Long.getLong("fedflow.seed", 1L);
  private static final String MODEL = "guest-9999#model";

  @TempDir Path folder;

  private final KeptBlobs blobs = new KeptBlobs();
  private final JacksonJsonCodec codec = new JacksonJsonCodec();
  private final DamagedArchives archives = new DamagedArchives(codec);
  private Fedflow site;
  private ModelImport imports;
  private Path uploads;
  private byte[] sound;

  @BeforeEach
  void open() throws IOException {
    Stores memory = MemoryStores.create();
    site =
        Fedflow.builder()
            .stores(
                new Stores(
                    memory.jobs(),
                    memory.tracking(),
                    memory.tables(),
                    memory.models(),
                    blobs,
                    memory.servers(),
                    () -> {}))
            .build();
    imports = new ModelImport(site, codec, ArchiveLimits.DEFAULT, () -> Instant.EPOCH);
    uploads = Files.createDirectory(folder.resolve("uploads"));
    PipelineModel model =
        PipelineModel.trained(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS))
            .deployed("d1", Map.of("components", Map.of("lr_0", Map.of())), 7);
    site.pipelineModels()
        .take(
            model,
            store -> {
              store.accept(learned("lr_0", 1.5));
              store.accept(learned("binning_0", -2));
            },
            false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelArchiveWriter(site.models(), codec).write(model, out);
    sound = out.toByteArray();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static ComponentModel learned(String component, double weight) {
    MessageSchema inner = MessageSchema.builder("Inner").one("flag", 1, Type.BOOL).build();
    MessageSchema schema =
        MessageSchema.builder("Weights")
            .repeated("weight", 1, Type.DOUBLE)
            .one("name", 2, Type.STRING)
            .one("inner", 3, inner)
            .build();
    return new ComponentModel(
        component,
        "HeteroLR",
        "model",
        Map.of(
            "LrParam",
            new ModelMessage(
                schema,
                Map.of(
                    "weight",
                    List.of(weight, 2 * weight),
                    "name",
                    "é",
                    "inner",
                    new ModelMessage(inner, Map.of("flag", true))))));
  }

  /** What the site has of the model: the rows of its versions, and what its components learned. */
  private record Kept(List<PipelineModel> rows, List<ComponentModel> learned, Set<String> blobs) {}

  private Kept kept(String version) {
    Optional<PipelineModel> row = Stages.join(site.pipelineModels().find(version, Rows.GUEST));
    List<ModelEntry> entries = Stages.join(site.models().list(version));
    return new Kept(
        row.stream().toList(),
        entries.stream()
            .map(entry -> site.models().load(version, Rows.GUEST, entry.component()).orElseThrow())
            .toList(),
        blobs.keys());
  }

  private PipelineModel taken(byte[] file, String version, boolean replace) throws IOException {
    Path upload = Files.write(uploads.resolve("m.zip"), file);
    try {
      return imports.take(upload, new ModelImport.Target(MODEL, version, Rows.GUEST, replace));
    } finally {
      Files.delete(upload);
    }
  }

  @Test
  void anyDamage_isTakenWholeOrNotAtAll() throws IOException {
    int refused = 0;
    int stored = 0;
    Kept before = kept("d1");
    for (int trial = 0; trial < TRIALS; trial++) {
      Random random = new Random(SEED * 1_000_003 + trial);
      String when = "trial " + trial + ", -Dfedflow.seed=" + SEED;
      byte[] file = archives.next(sound, random);
      boolean replace = random.nextBoolean();
      String version = replace ? "d1" : "d2";
      try {
        PipelineModel model = taken(file, version, replace);
        stored++;
        Kept now = kept(version);
        assertThat(now.rows()).as(when).hasSize(1);
        assertThat(now.rows().get(0).modelId()).as(when).isEqualTo(model.modelId());
        assertThat(now.learned()).as(when).hasSizeBetween(0, 3);
        if (replace) {
          taken(sound, "d1", true);
        } else {
          Stages.join(site.pipelineModels().delete("d2", Rows.GUEST));
        }
        before = new Kept(kept("d1").rows(), before.learned(), blobs.keys());
      } catch (FedflowException refusal) {
        refused++;
        assertThat(refusal.kind()).as(when + ": " + refusal).isEqualTo(FailureKind.INVALID);
        assertThat(refusal.code()).as(when).matches("(model|json|party)\\..*");
        assertThat(refusal.getMessage())
            .as(when)
            .doesNotContain(folder.toString(), "Exception", "java.", "\u0000", "\n")
            .hasSizeLessThan(1000);
      } catch (RuntimeException | Error bug) {
        throw new AssertionError(when, bug);
      }
      assertThat(kept("d1")).as(when).isEqualTo(before);
      assertThat(kept("d2").rows()).as(when).isEmpty();
      assertThat(kept("d2").learned()).as(when).isEmpty();
      assertThat(left()).as(when).isEmpty();
    }
    assertThat(refused).as("refused of %d", TRIALS).isPositive();
    assertThat(stored).as("stored of %d", TRIALS).isPositive();
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void assertRefused(byte[] file, String... words) throws IOException {
    Kept before = kept("d1");
    for (String version : List.of("d1", "d2")) {
      assertThatThrownBy(() -> taken(file, version, true))
          .isInstanceOf(FedflowException.class)
          .hasMessageContainingAll(words);
    }
    assertThat(kept("d1")).isEqualTo(before);
    assertThat(kept("d2").rows()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Test
  void whatFits_butCannotBeRead_doesNotCostTheVersionThatIsThere() throws IOException {
    Map<String, byte[]> entries = DamagedArchives.unpacked(sound);
    entries.put("fedflow/models/lr_0.model", new byte[] {1, 2, 3});
    assertRefused(packed(archives.fitting(entries)), "model file is damaged");
    entries = DamagedArchives.unpacked(sound);
    entries.put("fedflow/models/lr_0.model", entries.get("fedflow/models/binning_0.model"));
    assertRefused(packed(archives.fitting(entries)), "found the model of 'binning_0'");
  }

  private static byte[] packed(Map<String, byte[]> entries) throws IOException {
    return DamagedArchives.packed(List.copyOf(entries.entrySet()), 0100644);
  }

  @Test
  void entriesThatStandTwice_areRefused() throws IOException {
    List<Map.Entry<String, byte[]>> entries =
        new ArrayList<>(DamagedArchives.unpacked(sound).entrySet());
    entries.add(Map.entry("fedflow/models/lr_0.model", new byte[] {1}));
    assertRefused(DamagedArchives.packed(entries, 0100644), "fedflow/models/lr_0.model twice");
  }

  @Test
  void links_areFollowedByNobody() throws IOException {
    Path secret = Files.writeString(folder.resolve("uploads").resolve("secret"), "42");
    byte[] target = secret.toString().getBytes(StandardCharsets.UTF_8);
    Files.delete(secret);
    Map<String, byte[]> entries = DamagedArchives.unpacked(sound);
    entries.put("link", target);
    assertRefused(
        DamagedArchives.packed(List.copyOf(entries.entrySet()), 0120777),
        "link is not listed in the manifest");
    entries = DamagedArchives.unpacked(sound);
    entries.put("fedflow/models/lr_0.model", target);
    assertRefused(
        DamagedArchives.packed(List.copyOf(archives.fitting(entries).entrySet()), 0120777),
        "model file is damaged");
  }

  @Test
  void whatTheManifestSays_isCompared() throws IOException {
    Map<String, byte[]> entries = DamagedArchives.unpacked(sound);
    for (Map.Entry<String, String> lie :
        Map.of(
                "{}",
                "manifest/format: found null, allowed 1",
                "[]",
                "found no JSON object",
                "{\"format\":2,\"sha256\":{}}",
                "manifest/format: found 2",
                "{\"format\":1.5,\"sha256\":{}}",
                "manifest/format: found 1.5",
                "{\"format\":1,\"sha256\":[]}",
                "is not listed in the manifest",
                "not json",
                "JSON",
                "{".repeat(100_000),
                "JSON")
            .entrySet()) {
      entries.put("fedflow/manifest.json", lie.getKey().getBytes(StandardCharsets.UTF_8));
      assertRefused(packed(entries), lie.getValue());
    }
    entries = archives.fitting(DamagedArchives.unpacked(sound));
    String manifest =
        new String(entries.get("fedflow/manifest.json"), StandardCharsets.UTF_8)
            .replace("\"sha256\":{", "\"sha256\":{\"fedflow/models/none.model\":\"00\",");
    entries.put("fedflow/manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    assertRefused(packed(entries), "fedflow/models/none.model of the manifest is missing");
  }
}
