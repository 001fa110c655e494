package io.fedflow.model;

import io.fedflow.data.Stages;
import io.fedflow.job.TaskRow;
import io.fedflow.party.Party;
import io.fedflow.spi.TaskQuery;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.TrackingManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares two versions of models at one party of this site: how they were made, what their
 * components learned, and how well. Asks no other party; what they learned stays with them. One
 * component's two models are in memory at a time. Blocking; thread-safe.
 */
public final class VersionDiff {

  private static final String LOSS = "LOSS";
  private static final int MOST_PARENTS = 10;

  private final PipelineModelManager versions;
  private final ModelManager models;
  private final TrackingManager tracking;

  /** Compares what these managers keep. */
  public VersionDiff(PipelineModelManager versions, ModelManager models, TrackingManager tracking) {
    this.versions = versions;
    this.models = models;
    this.tracking = tracking;
  }

  /**
   * What differs.
   *
   * @param parameters of conf and DSL
   * @param components what each component of either version learned, by its name
   * @param metrics last losses and single measures of the trainings
   */
  public record Result(TreeDiff parameters, Map<String, Component> components, TreeDiff metrics) {

    /** Copies the map. */
    public Result {
      components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
    }
  }

  /**
   * What a component learned in both versions.
   *
   * @param one its module in the first version; empty if it learned nothing there
   * @param other its module in the second version; empty if it learned nothing there
   * @param learned where the messages differ
   */
  public record Component(Optional<String> one, Optional<String> other, TreeDiff learned) {}

  /**
   * Compares two versions.
   *
   * @param one a version of a party of this site
   * @param other another one, of the same party
   * @param limit how many changes are told of each part; all are counted
   */
  public Result of(PipelineModel one, PipelineModel other, int limit) {
    Set<String> names = new LinkedHashSet<>(learned(one));
    names.addAll(learned(other));
    Map<String, Component> components = new LinkedHashMap<>();
    for (String name : names) {
      components.put(name, component(load(one, name), load(other, name), limit));
    }
    return new Result(
        TreeDiff.of(documents(one), documents(other), limit),
        components,
        TreeDiff.of(metrics(one), metrics(other), limit));
  }

  private static Map<String, Object> documents(PipelineModel model) {
    Map<String, Object> documents = new LinkedHashMap<>();
    documents.put("conf", model.trainConf());
    documents.put("dsl", model.trainDsl());
    return documents;
  }

  private List<String> learned(PipelineModel model) {
    return Stages.join(models.list(model.modelVersion())).stream()
        .filter(entry -> entry.party().equals(model.party()))
        .map(ModelEntry::component)
        .toList();
  }

  private Optional<ComponentModel> load(PipelineModel model, String component) {
    return models.load(model.modelVersion(), model.party(), component);
  }

  private static Component component(
      Optional<ComponentModel> one, Optional<ComponentModel> other, int limit) {
    return new Component(
        one.map(ComponentModel::module),
        other.map(ComponentModel::module),
        TreeDiff.of(
            one.map(VersionDiff::tree).orElse(null),
            other.map(VersionDiff::tree).orElse(null),
            limit));
  }

  private static Map<String, Object> tree(ComponentModel model) {
    Map<String, Object> tree = new LinkedHashMap<>();
    model.messages().forEach((name, message) -> tree.put(name, ModelJson.tree(message)));
    return tree;
  }

  /** Those of the version's own job, or of the training that it was made of. */
  private Map<String, Object> metrics(PipelineModel model) {
    Optional<PipelineModel> at = Optional.of(model);
    for (int i = 0; i < MOST_PARENTS && at.isPresent(); i++) {
      Map<String, Object> found = metrics(at.get().modelVersion(), at.get().party());
      String parent = at.get().parent();
      if (!found.isEmpty() || parent.isEmpty()) {
        return found;
      }
      Party party = at.get().party();
      at = Stages.join(versions.find(parent, party));
      if (at.isEmpty()) {
        // The version was deleted; what its job measured may still be there.
        return metrics(parent, party);
      }
    }
    return Map.of();
  }

  private Map<String, Object> metrics(String jobId, Party party) {
    Map<String, Object> components = new TreeMap<>();
    for (TaskRow task : Stages.join(tracking.tasks(TaskQuery.ofJob(jobId)))) {
      if (task.party().equals(party)) {
        Map<String, Object> measured = measured(task, party);
        if (!measured.isEmpty()) {
          components.put(task.task().component(), measured);
        }
      }
    }
    return components;
  }

  /** Curves are left out: their points are at other places in every training. */
  private Map<String, Object> measured(TaskRow task, Party party) {
    Set<List<String>> losses = new LinkedHashSet<>();
    for (MetricMeta meta : Stages.join(tracking.metricMetas(task.task(), party))) {
      if (meta.metricType().equals(LOSS)) {
        losses.add(List.of(meta.namespace(), meta.name()));
      }
    }
    Map<String, Object> measured = new TreeMap<>();
    for (MetricValue point : new ArrayList<>(Stages.join(tracking.metrics(task.task(), party)))) {
      if (point.value() instanceof Number) {
        String series = point.namespace() + '/' + point.name();
        if (losses.contains(List.of(point.namespace(), point.name()))) {
          measured.put(series, point.value());
        } else if (point.key() instanceof String key) {
          measured.put(series + '/' + key, point.value());
        }
      }
    }
    return measured;
  }
}
