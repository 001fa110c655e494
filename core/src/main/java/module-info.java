/**
 * The engine without dependencies: documents, DAG, job machines, managers, ports and their
 * in-memory forms.
 */
module io.fedflow.core {
  exports io.fedflow.component;
  exports io.fedflow.dag;
  exports io.fedflow.dsl;
  exports io.fedflow.failure;
  exports io.fedflow.federation;
  exports io.fedflow.model;
  exports io.fedflow.party;
  exports io.fedflow.table;

  uses io.fedflow.component.ComponentProvider;
}
