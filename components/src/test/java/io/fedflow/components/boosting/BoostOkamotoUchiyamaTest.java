package io.fedflow.components.boosting;

import static io.fedflow.components.boosting.BoostFixture.GUEST;
import static io.fedflow.components.boosting.BoostFixture.HOST;
import static io.fedflow.components.boosting.BoostFixture.params;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoostOkamotoUchiyamaTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void trees_areThoseOfPaillier(boolean packed) {
    Result one = run("paillier", packed);
    Result other = run("OkamotoUchiyama", packed);
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(other.of(party).model().orElseThrow().param())
          .isEqualTo(one.of(party).model().orElseThrow().param());
    }
  }

  private static Result run(String method, boolean packed) {
    Table guest = BoostFixture.guest();
    Map<String, Object> encryption = Map.of("method", method, "key_length", 1024);
    return BoostFixture.run(
        guest,
        BoostFixture.host(),
        params("encrypt_param", encryption, "cipher_compress", packed, "num_trees", 2));
  }
}
