/**
 * The engine without dependencies: documents, DAG, job machines, managers, ports and their
 * in-memory forms.
 */
module io.fedflow.core {
  exports io.fedflow;
  exports io.fedflow.audit;
  exports io.fedflow.component;
  exports io.fedflow.dag;
  exports io.fedflow.data;
  exports io.fedflow.dsl;
  exports io.fedflow.failure;
  exports io.fedflow.federation;
  exports io.fedflow.job;
  exports io.fedflow.key;
  exports io.fedflow.memory;
  exports io.fedflow.model;
  exports io.fedflow.party;
  exports io.fedflow.permission;
  exports io.fedflow.pipeline;
  exports io.fedflow.policy;
  exports io.fedflow.queue;
  exports io.fedflow.spi;
  exports io.fedflow.table;
  exports io.fedflow.tracking;

  uses io.fedflow.component.ComponentProvider;
}
