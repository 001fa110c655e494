package io.fedflow.benchmarks.components;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * A component with the tables and settings that it is measured with. Immutable.
 *
 * @param module what runs
 * @param variant what tells it from other cases of the module; empty if nothing must
 * @param inputs its tables, in order
 * @param params what all parties set, by the bits of keys and the shape
 * @param guestParams what the guest sets over them
 * @param models cases that learn from few rows before what it takes as isometric models
 * @param growth what its cost may grow by
 * @param learned the case that learns from few rows before what this one applies; null for a case
 *     that learns
 */
record ComponentCase(
    String module,
    String variant,
    List<Input> inputs,
    Map<String, BiFunction<Integer, Shape, Object>> params,
    Map<String, Object> guestParams,
    List<ComponentCase> models,
    Growth growth,
    ComponentCase learned) {

  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final List<Party> HOSTS =
      List.of(new Party(Role.HOST, "10000"), new Party(Role.HOST, "10001"));
  static final Party ARBITER = new Party(Role.ARBITER, "10002");

  /**
   * A table that a case reads.
   *
   * @param kind as what the component takes it, such as {@code train_data}
   * @param rows what it holds
   */
  record Input(String kind, Synthetic rows) {}

  /** A case without settings whose cost grows with rows and columns. */
  static ComponentCase of(String module, String variant) {
    return new ComponentCase(
        module, variant, List.of(), Map.of(), Map.of(), List.of(), Growth.LINEAR, null);
  }

  /** With a further table, {@code data}. */
  ComponentCase data(Synthetic rows) {
    return input("data", rows);
  }

  /** With a further table, to learn from. */
  ComponentCase train(Synthetic rows) {
    return input("train_data", rows);
  }

  /** With a further table. */
  ComponentCase input(String kind, Synthetic rows) {
    List<Input> all = new ArrayList<>(inputs);
    all.add(new Input(kind, rows));
    return new ComponentCase(module, variant, all, params, guestParams, models, growth, learned);
  }

  /** With a further setting of all parties. */
  ComponentCase set(String name, Object value) {
    return set(name, (bits, shape) -> value);
  }

  /** With a further setting that has to do with how long keys are. */
  ComponentCase keyed(String name, IntFunction<Object> value) {
    return set(name, (bits, shape) -> value.apply(bits));
  }

  /** With a further setting that follows from the bits of keys and the shape. */
  ComponentCase set(String name, BiFunction<Integer, Shape, Object> value) {
    Map<String, BiFunction<Integer, Shape, Object>> more = new LinkedHashMap<>(params);
    more.put(name, value);
    return new ComponentCase(module, variant, inputs, more, guestParams, models, growth, learned);
  }

  /** With a key of Paillier. */
  ComponentCase encrypted() {
    return keyed("encrypt_param", bits -> Map.of("key_length", bits));
  }

  /** With a further setting of the guest alone. */
  ComponentCase setAtGuest(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(guestParams);
    more.put(name, value);
    return new ComponentCase(module, variant, inputs, params, more, models, growth, learned);
  }

  /** With what another case learns from few rows before, as a model of another kind. */
  ComponentCase isometric(ComponentCase other) {
    List<ComponentCase> all = new ArrayList<>(models);
    all.add(other);
    return new ComponentCase(module, variant, inputs, params, guestParams, all, growth, learned);
  }

  /** With another growth. */
  ComponentCase growing(Growth other) {
    return new ComponentCase(module, variant, inputs, params, guestParams, models, other, learned);
  }

  /** The case in which what this one learned from few rows is applied to many. */
  ComponentCase applying() {
    List<Input> tested =
        inputs.stream()
            .map(i -> i.kind().equals("train_data") ? new Input("test_data", i.rows()) : i)
            .toList();
    return new ComponentCase(
        module,
        variant.isEmpty() ? "apply" : variant + "-apply",
        tested,
        params,
        guestParams,
        models,
        growth,
        this);
  }

  /** Whether it applies what another one learned from few rows before. */
  boolean applied() {
    return learned != null;
  }

  /** Module and variant. */
  String name() {
    return variant.isEmpty() ? module : module + '/' + variant;
  }
}
