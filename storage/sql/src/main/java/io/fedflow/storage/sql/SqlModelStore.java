package io.fedflow.storage.sql;

import io.fedflow.model.ModelEntry;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.model.PipelineModelTree;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelStore;
import io.fedflow.spi.StoreRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Entries of component models and rows of pipeline models over SQL. */
final class SqlModelStore implements ModelStore {

  private static final SqlTable MODELS =
      SqlTable.of(
          "model_entry",
          "model_version role party_id component",
          "model_id module alias blob_key digest create_time");

  private static final SqlTable PIPELINES =
      SqlTable.of("pipeline_model", "model_version role party_id", "model_id document");

  private static final int VERSION_AND_PARTY = 3;

  private static final String PUT = MODELS.put();
  private static final String LIST = MODELS.select() + MODELS.where(1) + " ORDER BY position";
  private static final String REMOVE = MODELS.deleteByPrefixReturning(VERSION_AND_PARTY);
  private static final String PUT_PIPELINE = PIPELINES.put();

  private final SqlEngine sql;
  private final Trees json;

  SqlModelStore(SqlEngine sql, Trees json) {
    this.sql = sql;
    this.json = json;
  }

  @Override
  public CompletionStage<Void> put(ModelEntry entry) {
    Args args =
        key(entry.modelVersion(), entry.party(), entry.component())
            .text(entry.modelId())
            .text(entry.module())
            .text(entry.alias())
            .text(entry.blobKey())
            .text(entry.digest())
            .number(entry.createTime());
    return sql.change(List.of(Step.any(PUT, args)));
  }

  @Override
  public CompletionStage<Optional<ModelEntry>> find(
      String modelVersion, Party party, String component) {
    return sql.find(
        MODELS.find(), key(modelVersion, party, component).list(), SqlModelStore::entry);
  }

  @Override
  public CompletionStage<List<ModelEntry>> list(String modelVersion) {
    return sql.read(LIST, new Args().text(modelVersion).list(), SqlModelStore::entry);
  }

  @Override
  public CompletionStage<List<ModelEntry>> removeEntries(String modelVersion, Party party) {
    Step remove = Step.returning(REMOVE, new Args().text(modelVersion).party(party));
    return sql.change(new Change<>(List.of(remove), SqlModelStore::entry));
  }

  @Override
  public CompletionStage<Void> putPipeline(PipelineModel model) {
    Args args =
        new Args()
            .text(model.modelVersion())
            .party(model.party())
            .text(model.modelId())
            .text(json.write(PipelineModelTree.write(model)));
    return sql.change(List.of(Step.any(PUT_PIPELINE, args)));
  }

  @Override
  public CompletionStage<Optional<PipelineModel>> findPipeline(String modelVersion, Party party) {
    return sql.find(
        PIPELINES.find(), new Args().text(modelVersion).party(party).list(), this::pipeline);
  }

  @Override
  public CompletionStage<List<PipelineModel>> pipelines(PipelineModelQuery query) {
    Where where =
        new Where()
            .among("model_id", query.modelIds())
            .among("model_version", query.modelVersions())
            .among("role", query.roles())
            .among("party_id", query.partyIds());
    String statement = where.sql(PIPELINES.select(), "position", 0, StoreRules.MAX_ROWS);
    return sql.read(statement, where.args(), this::pipeline);
  }

  private PipelineModel pipeline(SqlRow row) {
    RowReader in = new RowReader(row);
    in.text();
    in.party();
    in.text();
    return PipelineModelTree.read(json.map(in.text()));
  }

  private static Args key(String modelVersion, Party party, String component) {
    return new Args().text(modelVersion).party(party).text(component);
  }

  private static ModelEntry entry(SqlRow row) {
    RowReader in = new RowReader(row);
    String version = in.text();
    Party party = in.party();
    String component = in.text();
    return new ModelEntry(
        in.text(),
        version,
        party,
        component,
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.number());
  }
}
