package io.fedflow.pipeline;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Objects;

/**
 * A component before it runs: its module, its parameters, what it puts out. Not thread-safe.
 *
 * <p>Parameters are kept as they are given, and only those; whoever runs the job checks them.
 */
public class PipelineComponent {

  private final String name;
  private final String module;
  private final ComponentOutputs outputs;
  private final ScopedParameters parameters = new ScopedParameters();
  private String provider;

  /**
   * A component without parameters.
   *
   * @param name unique in its pipeline
   * @param module the module that runs
   * @param outputs what it declares
   */
  public PipelineComponent(String name, String module, ComponentOutputs outputs) {
    this.name = Objects.requireNonNull(name, "name");
    this.module = Objects.requireNonNull(module, "module");
    this.outputs = Objects.requireNonNull(outputs, "outputs");
  }

  /** Its name in the DSL. */
  public final String name() {
    return name;
  }

  /** The module that runs. */
  public final String module() {
    return module;
  }

  /** What it puts out. */
  public final ComponentOutputs outputs() {
    return outputs;
  }

  /**
   * Who provides the module, {@code name} or {@code name@version}; null for the server's choice.
   */
  public final String provider() {
    return provider;
  }

  /** Sets who provides the module, {@code name} or {@code name@version}. */
  public final void provider(String provider) {
    this.provider = provider;
  }

  /** Sets a parameter for all parties. */
  public final void parameter(String parameter, Object value) {
    parameters.common().put(parameter, value);
  }

  /**
   * The parameters of some parties, over those for all.
   *
   * @param ids party ids; none for all of the role
   */
  public final PartyParameters at(Role role, String... ids) {
    return new PartyParameters(parameters.at(new PartyScope(role, List.of(ids))));
  }

  /** The parameters of one party, over those for all. */
  public final PartyParameters at(Party party) {
    return at(party.role(), party.id());
  }

  /**
   * A reference to its only or first table.
   *
   * @throws IllegalStateException if it declares none
   */
  public final String dataOutput() {
    if (outputs.data().isEmpty()) {
      throw new IllegalStateException("component " + name + " puts out no table");
    }
    return dataOutput(outputs.data().get(0));
  }

  /**
   * A reference to one of its tables.
   *
   * @throws IllegalArgumentException if it declares no such table
   */
  public final String dataOutput(String output) {
    if (!outputs.data().contains(output)) {
      throw new IllegalArgumentException(
          "output: found " + output + ", allowed one of " + outputs.data());
    }
    return name + '.' + output;
  }

  /**
   * A reference to its model.
   *
   * @throws IllegalStateException if it makes none
   */
  public final String modelOutput() {
    if (!outputs.model()) {
      throw new IllegalStateException("component " + name + " makes no model");
    }
    return name + ".model";
  }

  /**
   * A reference to its cache.
   *
   * @throws IllegalStateException if it makes none
   */
  public final String cacheOutput() {
    if (!outputs.cache()) {
      throw new IllegalStateException("component " + name + " makes no cache");
    }
    return name + ".cache";
  }

  /** Names one of its inputs for {@link Data#predictInput}, such as {@code data}. */
  public final String dataInput(String kind) {
    return name + '.' + kind;
  }

  final ScopedParameters parameters() {
    return parameters;
  }
}
