package io.fedflow.components.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.List;
import java.util.Map;

/** A guest and a host, and what tests of components ask of them. */
public final class Pair {

  /** The guest. */
  public static final Party GUEST = new Party(Role.GUEST, "9999");

  /** The host. */
  public static final Party HOST = new Party(Role.HOST, "10000");

  /** Both. */
  public static final Parties PARTIES =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000")));

  private Pair() {}

  /** Runs a component at both. */
  public static ComponentHarness harness(Component component, Map<String, ?> params) {
    return new ComponentHarness(component, PARTIES).params(params);
  }

  /** Where a conf is refused, as pointers below {@code p}. */
  public static List<String> refused(Component component, Map<String, ?> params) {
    Problems problems = new Problems();
    component.descriptor().resolve(params, "p", problems);
    return problems.errors().stream().map(Problem::pointer).toList();
  }

  /** Fails unless two models are the same byte by byte. */
  public static void assertSameBytes(ComponentModel one, ComponentModel other) {
    assertThat(other.messages().keySet()).isEqualTo(one.messages().keySet());
    one.messages()
        .forEach(
            (name, message) ->
                assertThat(ProtobufCodec.write(other.messages().get(name)))
                    .as(name)
                    .isEqualTo(ProtobufCodec.write(message)));
  }

  /** The model as it is after it was written and read again. */
  public static ComponentModel reread(ComponentModel model) {
    Map<String, io.fedflow.model.ModelMessage> read = new java.util.LinkedHashMap<>();
    model
        .messages()
        .forEach(
            (name, message) ->
                read.put(name, ProtobufCodec.read(message.schema(), ProtobufCodec.write(message))));
    return new ComponentModel(model.component(), model.module(), model.alias(), read);
  }
}
