package io.fedflow;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.data.DataManager;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.federation.Mailboxes;
import io.fedflow.job.JobEngine;
import io.fedflow.job.SiteHealth;
import io.fedflow.key.PartnerKeys;
import io.fedflow.key.StoredPartnerKeys;
import io.fedflow.model.ModelManager;
import io.fedflow.model.ModelTags;
import io.fedflow.model.PipelineModelManager;
import io.fedflow.model.StoredModelTags;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.queue.QueueManager;
import io.fedflow.spi.JobInvoker;
import io.fedflow.spi.PartyEntrance;
import io.fedflow.tracking.TrackingManager;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running site inside this process: its managers, its jobs. {@link #close} ends every task and
 * releases every thread; jobs that were live stay as they are stored, and {@link #recover} picks
 * them up. Thread-safe.
 */
public final class Fedflow implements Site, AutoCloseable {

  private final SiteParts parts;
  private final ModelTags tags;
  private final PartnerKeys keys;
  private final JobInvoker invoker;
  private final AtomicBoolean closed = new AtomicBoolean();

  Fedflow(SiteParts parts) {
    this.parts = parts;
    this.tags = new StoredModelTags(parts.stores().blobs());
    this.keys = new StoredPartnerKeys(parts.stores().blobs());
    this.invoker = new SiteJobInvoker(this);
  }

  /** Starts the settings of a site. */
  public static FedflowBuilder builder() {
    return new FedflowBuilder();
  }

  /**
   * Submits a job.
   *
   * @return fails like {@link PipelineManager#submit}
   */
  public CompletionStage<JobHandle> submit(JobDocuments documents) {
    // Off the engine's threads: what the caller does with the handle may block.
    return parts
        .engine()
        .begin(documents)
        .whenCompleteAsync((begun, failed) -> {})
        .thenApply(begun -> new SubmittedJob(begun, this));
  }

  @Override
  public PipelineManager pipelines() {
    return parts.engine();
  }

  @Override
  public TrackingManager tracking() {
    return parts.tracking();
  }

  @Override
  public DataManager data() {
    return parts.data();
  }

  @Override
  public ModelManager models() {
    return parts.models();
  }

  @Override
  public PipelineModelManager pipelineModels() {
    return parts.engine().pipelineModels();
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
  public QueueManager queue() {
    return parts.queue();
  }

  @Override
  public ComponentCatalog components() {
    return parts.catalog();
  }

  /** Runs the jobs of {@link io.fedflow.pipeline.Pipeline}s at this site. */
  public JobInvoker invoker() {
    return invoker;
  }

  /** Answers commands to the parties of this site: what a server gives its wire. */
  public PartyEntrance localParties() {
    return parts.engine();
  }

  /** Where messages to tasks of this site arrive. */
  public Mailboxes mailboxes() {
    return parts.mailboxes();
  }

  /** Picks up what an earlier process left; blocking, once, before the first job. */
  public void recover() {
    parts.engine().recover();
  }

  /** Tells whether a job is live in this process. */
  public boolean isLive(String jobId) {
    return parts.engine().isLive(jobId);
  }

  /** Whether this site can still do its work; a failed one takes no more jobs. */
  public SiteHealth health() {
    return parts.engine().health();
  }

  /**
   * Takes no more jobs, from users and from other parties; what is live goes on, and everything can
   * be read. The first half of an end in order, of which {@link #close} is the second.
   *
   * @param reason what is told to whoever asks
   */
  public void takeNoMoreJobs(String reason) {
    parts.engine().takeNoMoreJobs(reason);
  }

  JobEngine engine() {
    return parts.engine();
  }

  /** Again is without effect. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.close();
    }
  }
}
