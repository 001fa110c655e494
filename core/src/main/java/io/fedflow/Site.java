package io.fedflow;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.data.DataManager;
import io.fedflow.key.PartnerKeys;
import io.fedflow.model.ModelManager;
import io.fedflow.model.ModelTags;
import io.fedflow.model.PipelineModelManager;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.queue.QueueManager;
import io.fedflow.tracking.TrackingManager;

/** The managers of one running site: all that an edge needs. Thread-safe. */
public interface Site {

  /** Documents, plans, submission, stop. */
  PipelineManager pipelines();

  /** Jobs, tasks, metrics, logs. */
  TrackingManager tracking();

  /** Stored tables. */
  DataManager data();

  /** Models. */
  ModelManager models();

  /** Versions of pipeline models: deployed, loaded, taken in. */
  PipelineModelManager pipelineModels();

  /** Names that users give to models. */
  ModelTags tags();

  /** Public keys of partners. */
  PartnerKeys keys();

  /** Waiting jobs and events. */
  QueueManager queue();

  /** The components that this site runs. */
  ComponentCatalog components();
}
