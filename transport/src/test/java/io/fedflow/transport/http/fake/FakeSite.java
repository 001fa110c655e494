package io.fedflow.transport.http.fake;

import io.fedflow.Site;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.key.PartnerKeys;
import io.fedflow.key.StoredPartnerKeys;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.ModelTags;
import io.fedflow.model.StoredModelTags;
import java.util.List;

/** A site whose managers tell what a test put in. */
public final class FakeSite implements Site {

  public final FakePipelines pipelines = new FakePipelines();
  public final FakeTracking tracking = new FakeTracking();
  public final FakeData data = new FakeData();
  public final FakeModels models = new FakeModels();
  public final FakePipelineModels pipelineModels = new FakePipelineModels(models);
  public final ComponentCatalog catalog = new ComponentCatalog(List.of(Rows.component()));
  public final ModelTags tags = new StoredModelTags(MemoryStores.create().blobs());
  public final PartnerKeys keys = new StoredPartnerKeys(MemoryStores.create().blobs());
  public final FakeQueue queue = new FakeQueue();

  @Override
  public FakePipelines pipelines() {
    return pipelines;
  }

  @Override
  public FakeTracking tracking() {
    return tracking;
  }

  @Override
  public FakeData data() {
    return data;
  }

  @Override
  public FakeModels models() {
    return models;
  }

  @Override
  public FakePipelineModels pipelineModels() {
    return pipelineModels;
  }

  @Override
  public ModelTags tags() {
    return tags;
  }

  @Override
  public PartnerKeys keys() {
    return keys;
  }

  @Override
  public FakeQueue queue() {
    return queue;
  }

  @Override
  public ComponentCatalog components() {
    return catalog;
  }
}
