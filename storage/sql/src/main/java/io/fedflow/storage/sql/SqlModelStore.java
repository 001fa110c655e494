package io.fedflow.storage.sql;

import io.fedflow.model.ModelEntry;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Model entries over SQL. */
final class SqlModelStore implements ModelStore {

  private static final SqlTable MODELS =
      SqlTable.of(
          "model_entry",
          "model_version role party_id component",
          "model_id module alias blob_key digest create_time");

  private static final String PUT = MODELS.put();
  private static final String LIST = MODELS.select() + MODELS.where(1) + " ORDER BY position";

  private final SqlEngine sql;

  SqlModelStore(SqlEngine sql) {
    this.sql = sql;
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
