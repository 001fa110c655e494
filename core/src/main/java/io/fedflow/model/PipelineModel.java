package io.fedflow.model;

import io.fedflow.job.JobRow;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of a trained pipeline at one party: its documents and what became of it. What its
 * components learned lies beside it, as {@link ModelEntry}s of the same version. Immutable.
 *
 * @param modelId the id that all parties share
 * @param modelVersion the id of the operation that made it: a training, a deployment, a migration
 * @param party whose part
 * @param initiator the party that began the training
 * @param parties all parties of the model
 * @param trainDsl the DSL that trained it
 * @param trainConf the runtime conf that trained it
 * @param predictDsl the DSL that it predicts with; the training's own before it is deployed
 * @param state where it stands
 * @param parent the version that it was made of; empty for a training
 * @param parentModelId the id of the model that {@code parent} is a version of; empty for a
 *     training
 * @param imported whether it came in as a file
 * @param loads how often it was loaded for online inference
 * @param services the ids of services that it was bound to, in order
 * @param notes the description of its training; may be empty
 * @param createTime epoch milliseconds
 * @param updateTime epoch milliseconds
 */
public record PipelineModel(
    String modelId,
    String modelVersion,
    Party party,
    Party initiator,
    Parties parties,
    Map<String, Object> trainDsl,
    Map<String, Object> trainConf,
    Map<String, Object> predictDsl,
    State state,
    String parent,
    String parentModelId,
    boolean imported,
    int loads,
    List<String> services,
    String notes,
    long createTime,
    long updateTime) {

  /** Where a version stands. */
  public enum State {
    /** As its training left it: it can be deployed; a training of version 1 predicts as it is. */
    TRAINED,
    /** It predicts. */
    DEPLOYED,
    /** It was deleted at this party; the row keeps its training from showing it again. */
    DELETED
  }

  /** Copies the collections. */
  public PipelineModel {
    trainDsl = copy(trainDsl);
    trainConf = copy(trainConf);
    predictDsl = copy(predictDsl);
    services = List.copyOf(services);
  }

  /** What a job that ended well trained at a party. */
  public static PipelineModel trained(JobRow job) {
    return new PipelineModel(
        job.modelId(),
        job.modelVersion(),
        job.party(),
        job.initiator(),
        job.parties(),
        job.dsl(),
        job.conf(),
        job.dsl(),
        State.TRAINED,
        "",
        "",
        false,
        0,
        List.of(),
        job.notes(),
        job.endTime(),
        job.updateTime());
  }

  /** A version that predicts, made of this one at the same party. */
  public PipelineModel deployed(String version, Map<String, Object> dsl, long now) {
    return another(version, dsl, State.DEPLOYED, modelVersion, modelId, false, now, now);
  }

  /** This version as it comes in from a file: under another name perhaps, and not in use. */
  public PipelineModel imported(String version, long now) {
    return another(version, predictDsl, state, parent, parentModelId, true, createTime, now);
  }

  /** A version in which a component learned something else, made of this one at the same party. */
  public PipelineModel amended(String version, long now) {
    return another(version, predictDsl, state, modelVersion, modelId, imported, now, now);
  }

  /** Of the same training, and not in use. */
  private PipelineModel another(
      String version,
      Map<String, Object> dsl,
      State otherState,
      String otherParent,
      String otherParentModelId,
      boolean fromFile,
      long created,
      long now) {
    return new PipelineModel(
        modelId,
        version,
        party,
        initiator,
        parties,
        trainDsl,
        trainConf,
        dsl,
        otherState,
        otherParent,
        otherParentModelId,
        fromFile,
        0,
        List.of(),
        notes,
        created,
        now);
  }

  /** This version after it was loaded once more. */
  public PipelineModel loaded(long now) {
    return changed(state, loads + 1, services, now);
  }

  /** This version in the place of one that was there before, and in use as that one was. */
  public PipelineModel inPlaceOf(PipelineModel before, long now) {
    return changed(state, before.loads, before.services, now);
  }

  /** This version bound to a service, too; again changes nothing but the time. */
  public PipelineModel bound(String service, long now) {
    List<String> bound = new ArrayList<>(services);
    if (!bound.contains(service)) {
      bound.add(service);
    }
    return changed(state, loads, bound, now);
  }

  /** What is left of this version once it is deleted. */
  public PipelineModel deleted(long now) {
    return changed(State.DELETED, 0, List.of(), now);
  }

  private PipelineModel changed(State next, int loaded, List<String> bound, long now) {
    return new PipelineModel(
        modelId,
        modelVersion,
        party,
        initiator,
        parties,
        trainDsl,
        trainConf,
        predictDsl,
        next,
        parent,
        parentModelId,
        imported,
        loaded,
        bound,
        notes,
        createTime,
        now);
  }

  /** Whether the training's documents are of version 1, which predicts without being deployed. */
  public boolean ofVersion1() {
    // Both a number and a text are read.
    return !"2".equals(String.valueOf(trainConf.get("dsl_version")));
  }

  /** Whether predict jobs may name this version. */
  public boolean predicts() {
    return state == State.DEPLOYED || state == State.TRAINED && ofVersion1();
  }

  private static Map<String, Object> copy(Map<String, Object> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
