package io.fedflow.model;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Await;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which jobs are models, and what is stored above them. */
class PipelineModelsTest {

  private static final Party LOCAL = Party.of("local", "0");
  private static final PipelineModelQuery ALL =
      new PipelineModelQuery(List.of(), List.of(), List.of(), List.of());

  private final Stores stores = MemoryStores.create();
  private final PipelineModels models = new PipelineModels(stores.models(), stores.jobs());

  private PipelineModel job(String id, Party party, String version, JobStatus status, long time) {
    JobRow row =
        new JobRow(
            id,
            party,
            GUEST,
            new Parties(Map.of(Role.GUEST, List.of("1"), Role.HOST, List.of("2"))),
            Map.of("components", Map.of()),
            Map.of("dsl_version", 2),
            Map.of(),
            "guest-1#host-2#model",
            version,
            7,
            status,
            100,
            "",
            "",
            0,
            0,
            0,
            false,
            time,
            time,
            time,
            time,
            1,
            0,
            Inheritance.NONE);
    Await.value(
        stores
            .jobs()
            .commit(new StoreTurn(id, List.of(row), List.of(), Optional.empty(), List.of())));
    return PipelineModel.trained(row);
  }

  private void learned(String version, Party party) {
    Await.value(
        stores
            .models()
            .put(
                new ModelEntry(
                    "guest-1#host-2#model", version, party, "a", "M", "m", "key", "digest", 1)));
  }

  private List<PipelineModel> list(PipelineModelQuery query) {
    return Await.value(models.list(query));
  }

  @Test
  void trainingsThatEndedWell_areModels() {
    PipelineModel guest = job("j1", GUEST, "j1", JobStatus.SUCCESS, 10);
    PipelineModel host = job("j1", HOST, "j1", JobStatus.SUCCESS, 20);
    job("j2", GUEST, "j2", JobStatus.FAILED, 30);
    job("j3", GUEST, "j1", JobStatus.SUCCESS, 40);
    job("j4", LOCAL, "j4", JobStatus.SUCCESS, 50);
    PipelineModel nothing = job("j5", GUEST, "j5", JobStatus.SUCCESS, 60);
    for (String id : List.of("j1", "j2", "j3")) {
      learned(id, GUEST);
    }
    learned("j1", HOST);
    learned("j4", LOCAL);
    assertThat(list(ALL)).containsExactly(host, guest);
    assertThat(list(new PipelineModelQuery(List.of(), List.of("j1"), List.of("guest"), List.of())))
        .containsExactly(guest);
    assertThat(list(new PipelineModelQuery(List.of("other"), List.of(), List.of(), List.of())))
        .isEmpty();
    assertThat(Await.value(models.ofVersion("j1"))).containsExactly(guest, host);
    assertThat(Await.value(models.find("j2", GUEST))).isEmpty();
    assertThat(Await.value(models.find("j3", GUEST))).isEmpty();
    assertThat(Await.value(models.find("j4", LOCAL))).isEmpty();
    // A party that learned nothing may still take part in deployments.
    assertThat(Await.value(models.find("j5", GUEST))).contains(nothing);
  }

  @Test
  void storedRows_standAboveJobs() {
    PipelineModel trained = job("j1", GUEST, "j1", JobStatus.SUCCESS, 10);
    learned("j1", GUEST);
    Await.value(models.put(trained.bound("s", 11)));
    assertThat(list(ALL)).containsExactly(trained.bound("s", 11));
    PipelineModel deployed = trained.deployed("d1", Map.of(), 12);
    Await.value(models.put(deployed));
    assertThat(list(ALL)).containsExactly(deployed, trained.bound("s", 11));
    Await.value(models.put(trained.deleted(13)));
    assertThat(list(ALL)).containsExactly(deployed);
    assertThat(Await.value(models.find("j1", GUEST))).isEmpty();
    assertThat(Await.value(models.ofVersion("j1"))).isEmpty();
  }
}
