package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelIdsTest {

  private static String modelId(Object... rolesAndIds) {
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    for (int i = 0; i < rolesAndIds.length; i += 2) {
      byRole.put(
          new Role((String) rolesAndIds[i]), List.of(((String) rolesAndIds[i + 1]).split(" ")));
    }
    return ModelIds.modelId(new Parties(byRole));
  }

  @Test
  void modelId_anyOrderOfRolesAndIds_isOneText() {
    assertThat(modelId("host", "203 201 202", "guest", "101", "arbiter", "301"))
        .isEqualTo("arbiter-301#guest-101#host-201_202_203#model");
  }

  @Test
  void modelId_numbers_sortAsNumbersAndBeforeTexts() {
    assertThat(modelId("guest", "9999", "host", "10000 9998 lab 007 clinic 123456789012345678901"))
        .isEqualTo("guest-9999#host-007_9998_10000_123456789012345678901_clinic_lab#model");
  }

  @Test
  void modelId_localJob_hasOneToo() {
    assertThat(modelId("local", "0")).isEqualTo("local-0#model");
  }

  @Test
  void partyModelId_startsWithTheParty() {
    assertThat(ModelIds.partyModelId(Party.of("host", "201"), "guest-101#host-201#model"))
        .isEqualTo("host#201#guest-101#host-201#model");
  }
}
