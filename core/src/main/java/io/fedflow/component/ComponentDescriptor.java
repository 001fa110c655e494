package io.fedflow.component;

import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a component is: its names, roles, parameters and the messages it may send. Immutable.
 *
 * @param module the module name that DSLs use, for example {@code HeteroLR}
 * @param aliases other module names that mean the same component
 * @param roles the roles that run it; a party of another role skips the component
 * @param parameters the declared parameters
 * @param messages every message the component may send; the federation refuses any other
 * @param classNames role to the class name that model files record for that role ({@code CodePath}
 *     in FATE); may lack roles
 * @param check further rules over several parameters; adds to the problems
 * @param isometric modules, aliases included, whose models it reads beside its own ({@code
 *     isometric_model}); empty if it reads none, and leaves aside what it is given
 */
public record ComponentDescriptor(
    String module,
    Set<String> aliases,
    Set<Role> roles,
    ParameterSchema parameters,
    List<MessageDeclaration> messages,
    Map<Role, String> classNames,
    ParameterCheck check,
    Set<String> isometric) {

  /** Copies the collections. */
  public ComponentDescriptor {
    aliases = Set.copyOf(aliases);
    roles = Set.copyOf(roles);
    messages = List.copyOf(messages);
    classNames = Map.copyOf(classNames);
    isometric = Set.copyOf(isometric);
  }

  /** A component that reads no models but its own. */
  public ComponentDescriptor(
      String module,
      Set<String> aliases,
      Set<Role> roles,
      ParameterSchema parameters,
      List<MessageDeclaration> messages,
      Map<Role, String> classNames,
      ParameterCheck check) {
    this(module, aliases, roles, parameters, messages, classNames, check, Set.of());
  }

  /** A component without aliases, class names and cross-parameter rules. */
  public ComponentDescriptor(
      String module,
      Set<Role> roles,
      ParameterSchema parameters,
      List<MessageDeclaration> messages) {
    this(module, Set.of(), roles, parameters, messages, Map.of(), ParameterCheck.NONE);
  }

  /** The declaration of a message. */
  public Optional<MessageDeclaration> message(String name) {
    return messages.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** Resolves and checks parameters, cross-parameter rules included. */
  public Params resolve(Map<String, ?> given, String pointer, Problems problems) {
    int before = problems.errors().size();
    Params params = parameters.resolve(given, pointer, problems);
    if (problems.errors().size() == before) {
      check.check(params, pointer, problems);
    }
    return params;
  }

  /**
   * Refuses models that other modules made than the component can read. Whoever runs a component
   * asks this once its inputs are there, so that no component has to.
   *
   * @throws FedflowException {@code inputs.module} (INVALID) naming the input, the model, its
   *     module and the modules that are allowed
   */
  public void requireModels(TaskInputs inputs) {
    Set<String> own = new TreeSet<>(aliases);
    own.add(module);
    inputs.model().ifPresent(model -> requireModule("model", model, own));
    if (!isometric.isEmpty()) {
      Set<String> others = new TreeSet<>(isometric);
      inputs.isometric().forEach(model -> requireModule("isometric_model", model, others));
    }
  }

  private void requireModule(String input, ComponentModel found, Set<String> allowed) {
    if (!allowed.contains(found.module())) {
      throw FedflowException.invalid(
          "inputs.module",
          module
              + ", input "
              + input
              + ": found "
              + found.component()
              + '.'
              + found.alias()
              + ", which the module "
              + found.module()
              + " made, allowed are models of "
              + String.join(", ", allowed));
    }
  }

  /** A rule over several parameters of a component. */
  @FunctionalInterface
  public interface ParameterCheck {
    /** No further rule. */
    ParameterCheck NONE = (params, pointer, problems) -> {};

    /** Notes a problem for each violation. */
    void check(Params params, String pointer, Problems problems);
  }
}
