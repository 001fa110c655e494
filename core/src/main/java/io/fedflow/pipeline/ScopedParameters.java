package io.fedflow.pipeline;

import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Parameters for all parties, and over them those of some. Not thread-safe. */
final class ScopedParameters {

  private final Map<String, Object> common = new LinkedHashMap<>();
  private final Map<PartyScope, Map<String, Object>> scoped = new LinkedHashMap<>();

  Map<String, Object> common() {
    return common;
  }

  Map<String, Object> at(PartyScope scope) {
    return scoped.computeIfAbsent(scope, each -> new LinkedHashMap<>());
  }

  /** Every scope that has parameters, in the order of its first use. */
  void forEachScope(BiConsumer<PartyScope, Map<String, Object>> visitor) {
    scoped.forEach(
        (scope, values) -> {
          if (!values.isEmpty()) {
            visitor.accept(scope, values);
          }
        });
  }

  ScopedParameters copy() {
    ScopedParameters copy = new ScopedParameters();
    copy.common.putAll(common);
    scoped.forEach((scope, values) -> copy.at(scope).putAll(values));
    return copy;
  }

  /** {@code {role: {key: {…}}}}, the values put where the caller says. */
  Map<String, Map<String, Map<String, Object>>> byRole(Map<Role, List<String>> parties) {
    Map<String, Map<String, Map<String, Object>>> byRole = new LinkedHashMap<>();
    forEachScope(
        (scope, values) ->
            byRole
                .computeIfAbsent(scope.role().name(), role -> new LinkedHashMap<>())
                .computeIfAbsent(scope.key(parties), key -> new LinkedHashMap<>())
                .putAll(values));
    return byRole;
  }
}
