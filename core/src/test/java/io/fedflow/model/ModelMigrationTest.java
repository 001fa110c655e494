package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Refusals;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ids change, and nothing else. */
class ModelMigrationTest {

  private static final MessageSchema OTHERS =
      MessageSchema.builder("Others")
          .one("role", 1, Type.STRING)
          .one("party_id", 2, Type.STRING)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("Param")
          .repeated("names", 1, Type.STRING)
          .map("by_name", 2, Type.DOUBLE)
          .repeated("host_party_ids", 3, Type.STRING)
          .repeated("others", 4, OTHERS)
          .one("party_id", 5, Type.STRING)
          .repeated("weight", 6, Type.DOUBLE)
          .build();

  private static Parties parties(String guest, String... hosts) {
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    byRole.put(Role.GUEST, List.of(guest));
    byRole.put(Role.HOST, List.of(hosts));
    return new Parties(byRole);
  }

  private static PipelineModel model() {
    return new PipelineModel(
        "guest-1#host-1_2#model",
        "v1",
        Party.of("host", "2"),
        Party.of("guest", "1"),
        parties("1", "1", "2"),
        Map.of(),
        Map.of("dsl_version", 2, "role", Map.of("guest", List.of(1))),
        Map.of(),
        PipelineModel.State.DEPLOYED,
        "v0",
        "guest-1#host-1_2#model",
        false,
        4,
        List.of("s"),
        "",
        1,
        1);
  }

  private static ModelMigration to(Parties parties) {
    return new ModelMigration(model(), "v2", parties, Party.of("guest", "9"));
  }

  @Test
  void theRow_belongsToTheSuccessor() {
    PipelineModel made = to(parties("9", "2", "3")).model(7);
    assertThat(made.modelId()).isEqualTo("guest-9#host-2_3#model");
    assertThat(made.party()).isEqualTo(Party.of("host", "3"));
    assertThat(made.parent()).isEqualTo("v1");
    assertThat(made.parentModelId()).as("the old parties'").isEqualTo("guest-1#host-1_2#model");
    assertThat(made.state()).isEqualTo(PipelineModel.State.DEPLOYED);
    assertThat(made.loads()).isZero();
    assertThat(made.services()).isEmpty();
    assertThat(made.trainConf())
        .isEqualTo(
            Map.of(
                "dsl_version", 2,
                "role", Map.of("guest", List.of(9L), "host", List.of(2L, 3L)),
                "initiator", Map.of("role", "guest", "party_id", 9L)));
  }

  @Test
  void names_followTheirRoleAndChainsDoNot() {
    // Host 1 becomes 2 and host 2 becomes 3: none may be replaced twice.
    ModelMigration migration = to(parties("9", "2", "3"));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("names", List.of("guest_1_x0", "host_1_x1", "host_2_x2", "host_22_x", "x_host_1_"));
    values.put("by_name", Map.of("host_2_x2", 0.5));
    values.put("host_party_ids", List.of("1", "2"));
    values.put(
        "others",
        List.of(
            new ModelMessage(OTHERS, Map.of("role", "guest", "party_id", "1")),
            new ModelMessage(OTHERS, Map.of("role", "host", "party_id", "1"))));
    values.put("party_id", "2");
    values.put("weight", List.of(1.0, 2.0));
    ComponentModel moved =
        migration.component(
            new ComponentModel(
                "bin_0", "M", "model", Map.of("Param", new ModelMessage(PARAM, values))));
    assertThat(moved.component()).isEqualTo("bin_0");
    Map<String, Object> expected = new LinkedHashMap<>(values);
    expected.put(
        "names", List.of("guest_9_x0", "host_2_x1", "host_3_x2", "host_22_x", "x_host_1_"));
    expected.put("by_name", Map.of("host_3_x2", 0.5));
    expected.put("host_party_ids", List.of("2", "3"));
    expected.put(
        "others",
        List.of(
            new ModelMessage(OTHERS, Map.of("role", "guest", "party_id", "9")),
            new ModelMessage(OTHERS, Map.of("role", "host", "party_id", "2"))));
    expected.put("party_id", "3");
    assertThat(moved.param().values()).isEqualTo(expected);
  }

  @Test
  void partiesThatDoNotFit_areRefused() {
    Refusals.assertRefused("model.migration", () -> to(parties("9", "2")), "a host less");
    Refusals.assertRefused(
        "model.migration",
        () -> new ModelMigration(model(), "v2", parties("1", "1", "2"), Party.of("guest", "1")),
        "the same parties");
    Refusals.assertRefused(
        "model.migration",
        () -> new ModelMigration(model(), "v2", parties("9", "2", "3"), Party.of("guest", "1")),
        "an initiator that takes no part");
  }
}
