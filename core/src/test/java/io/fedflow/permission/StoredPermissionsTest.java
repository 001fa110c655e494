package io.fedflow.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.data.SealedText;
import io.fedflow.dsl.TableRef;
import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Refusals;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredPermissionsTest {

  private static final TableRef TABLE = new TableRef("ns", "a table; with - signs");

  private final Blobs blobs = new Blobs();
  private final StoredPermissions permissions = new StoredPermissions(blobs);

  private static Grants components(String... modules) {
    return new Grants(Set.of(modules), Set.of());
  }

  @Test
  void whatIsGrantedStaysUntilItIsTakenAway() {
    assertThat(permissions.of("9999")).isEqualTo(Grants.NONE);
    permissions.grant("9999", components("heterolr", "reader"));
    permissions.grant("9999", new Grants(Set.of("heterolr"), Set.of(TABLE)));
    Grants all = new Grants(Set.of("heterolr", "reader"), Set.of(TABLE));
    assertThat(permissions.of("9999")).isEqualTo(all);
    assertThat(new StoredPermissions(blobs).of("9999")).as("another server").isEqualTo(all);
    assertThat(permissions.of("10000")).isEqualTo(Grants.NONE);
    permissions.revoke("9999", components("reader", "never"));
    assertThat(permissions.of("9999").components()).containsExactly("heterolr");
    permissions.revoke("9999", new Grants(Set.of(Grants.ALL), Set.of(TABLE)));
    assertThat(permissions.of("9999")).isEqualTo(Grants.NONE);
    assertThat(blobs.keys()).isEmpty();
  }

  @Test
  void allComponentsAreOneGrant() {
    permissions.grant("9999", components(Grants.ALL));
    assertThat(permissions.of("9999").allows("anything")).isTrue();
    permissions.revoke("9999", components("heterolr"));
    assertThat(permissions.of("9999").allows("heterolr")).as("all is still granted").isTrue();
    assertThat(permissions.of("9999").allows(TABLE)).isFalse();
  }

  @Test
  void partiesAndTablesMustHaveProperNames() {
    Refusals.assertRefused("party.id", () -> permissions.of("../x"), "party_id: found '../x'");
    Refusals.assertRefused(
        "party.id", () -> permissions.grant("", components("a")), "party_id: found ''");
    Grants odd = new Grants(Set.of(), Set.of(new TableRef("ns", "a\tb")));
    Refusals.assertRefused("table.name", () -> permissions.grant("9999", odd), "name: found");
  }

  @Test
  void whatCannotBeReadGrantsNothing() {
    permissions.grant("9999", components("heterolr"));
    blobs.spoil(bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    Refusals.assertRefused("text.damaged", () -> permissions.of("9999"), "cut short");
    blobs.spoil(bytes -> SealedText.seal("component heterolr"));
    assertThatThrownBy(() -> permissions.of("9999")).isInstanceOf(IllegalArgumentException.class);
    blobs.fail(new IOException("disk gone"));
    Refusals.assertRefused("blob.io", () -> permissions.of("9999"), "disk gone");
  }
}
