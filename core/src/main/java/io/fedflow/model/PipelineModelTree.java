package io.fedflow.model;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Pipeline models as JSON trees: the form in databases and in model files. */
public final class PipelineModelTree {

  private static final int MOST_WORDS = 300;

  private PipelineModelTree() {}

  /** A model as a tree. */
  public static Map<String, Object> write(PipelineModel model) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model_id", model.modelId());
    tree.put("model_version", model.modelVersion());
    tree.put("role", model.party().role().name());
    tree.put("party_id", model.party().id());
    tree.put("initiator", model.initiator().toString());
    tree.put("roles", roles(model.parties()));
    tree.put("train_dsl", model.trainDsl());
    tree.put("train_conf", model.trainConf());
    tree.put("predict_dsl", model.predictDsl());
    tree.put("state", model.state().name());
    tree.put("parent", model.parent());
    tree.put("parent_model_id", model.parentModelId());
    tree.put("imported", model.imported());
    tree.put("loads", model.loads());
    tree.put("services", model.services());
    tree.put("notes", model.notes());
    tree.put("create_time", model.createTime());
    tree.put("update_time", model.updateTime());
    return tree;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws FedflowException {@code model.damaged}, naming the field that is missing or wrong
   */
  public static PipelineModel read(Map<String, Object> tree) {
    Fields in = new Fields(tree);
    return new PipelineModel(
        in.text("model_id"),
        in.text("model_version"),
        in.party(),
        in.initiator(),
        in.parties(),
        in.object("train_dsl"),
        in.object("train_conf"),
        in.object("predict_dsl"),
        in.state(),
        in.text("parent"),
        in.parentModelId(),
        in.flag("imported"),
        in.count("loads"),
        in.texts("services"),
        in.text("notes"),
        in.number("create_time"),
        in.number("update_time"));
  }

  private static Map<String, Object> roles(Parties parties) {
    Map<String, Object> roles = new LinkedHashMap<>();
    parties.byRole().forEach((role, ids) -> roles.put(role.name(), ids));
    return roles;
  }

  /** The fields of one tree; each refuses what is missing or of another type. */
  private record Fields(Map<String, Object> tree) {

    String text(String name) {
      return field(name, String.class, "a text");
    }

    /** Was not written at first: then a parent was a version of the same model. */
    String parentModelId() {
      if (tree.containsKey("parent_model_id")) {
        return text("parent_model_id");
      }
      return text("parent").isEmpty() ? "" : text("model_id");
    }

    long number(String name) {
      return field(name, Number.class, "a whole number").longValue();
    }

    int count(String name) {
      long number = number(name);
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw FedflowException.invalid(
            "model.damaged", name + ": found " + number + ", allowed 0.." + Integer.MAX_VALUE);
      }
      return (int) number;
    }

    boolean flag(String name) {
      return field(name, Boolean.class, "true or false");
    }

    Map<String, Object> object(String name) {
      if (!(tree.get(name) instanceof Map<?, ?> map)) {
        throw wrong(name, tree.get(name), "an object");
      }
      Map<String, Object> object = new LinkedHashMap<>();
      map.forEach((key, value) -> object.put(String.valueOf(key), value));
      return object;
    }

    List<String> texts(String name) {
      return texts(name, tree.get(name));
    }

    private static List<String> texts(String name, Object value) {
      if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String.class::cast).toList();
      }
      throw wrong(name, value, "a list of texts");
    }

    Party party() {
      return named("party_id", () -> Party.of(text("role"), text("party_id")));
    }

    Party initiator() {
      return named("initiator", () -> Party.parse(text("initiator")));
    }

    PipelineModel.State state() {
      String found = text("state");
      return Arrays.stream(PipelineModel.State.values())
          .filter(state -> state.name().equals(found))
          .findFirst()
          .orElseThrow(
              () ->
                  FedflowException.invalid(
                      "model.damaged",
                      "state: found a text of "
                          + found.length()
                          + " characters, allowed one of "
                          + Arrays.toString(PipelineModel.State.values())));
    }

    Parties parties() {
      Map<Role, List<String>> byRole = new LinkedHashMap<>();
      object("roles").forEach((role, ids) -> byRole.put(role(role), texts("roles", ids)));
      return named("roles", () -> new Parties(byRole));
    }

    private static Role role(String name) {
      return named("roles", () -> new Role(name));
    }

    private static <T> T named(String field, Supplier<T> made) {
      try {
        return made.get();
      } catch (IllegalArgumentException refused) {
        throw FedflowException.invalid("model.damaged", field + ": " + shown(refused));
      }
    }

    /** It repeats what it found, which may be anything. */
    private static String shown(IllegalArgumentException refused) {
      String text = String.valueOf(refused.getMessage()).replaceAll("\\p{Cntrl}", "?");
      return text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) + '…' : text;
    }

    private <T> T field(String name, Class<T> type, String allowed) {
      Object value = tree.get(name);
      if (!type.isInstance(value)) {
        throw wrong(name, value, allowed);
      }
      return type.cast(value);
    }

    private static FedflowException wrong(String name, Object value, String allowed) {
      String found = value == null ? "nothing" : value.getClass().getSimpleName();
      return FedflowException.invalid(
          "model.damaged", name + ": found " + found + ", allowed " + allowed);
    }
  }
}
