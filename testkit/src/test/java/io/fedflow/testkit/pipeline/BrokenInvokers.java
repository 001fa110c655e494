package io.fedflow.testkit.pipeline;

import io.fedflow.Fedflow;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.JobInvoker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Invokers with one thing wrong each. */
final class BrokenInvokers {

  private BrokenInvokers() {}

  private static InvokerWorld world(ComponentCatalog catalog, UnaryOperator<JobInvoker> broken) {
    Fedflow site = Fedflow.builder().components(catalog).build();
    return new InvokerWorld(broken.apply(site.invoker()), site, site::close);
  }

  /** Hands everything on. */
  private static class Forwarding implements JobInvoker {

    private final JobInvoker inner;

    Forwarding(JobInvoker inner) {
      this.inner = inner;
    }

    @Override
    public CompletionStage<Invoked> submit(Map<String, Object> dsl, Map<String, Object> conf) {
      return inner.submit(dsl, conf);
    }

    @Override
    public CompletionStage<End> completion(String jobId, Party initiator) {
      return inner.completion(jobId, initiator);
    }

    @Override
    public CompletionStage<Deployed> deploy(ModelVersion model, List<String> components) {
      return inner.deploy(model, components);
    }

    @Override
    public CompletionStage<Deployed> deployDsl(ModelVersion model, Map<String, Object> dsl) {
      return inner.deployDsl(model, dsl);
    }

    @Override
    public CompletionStage<Map<String, Object>> summary(Part part) {
      return inner.summary(part);
    }

    @Override
    public CompletionStage<Map<String, Object>> modelParameters(Part part) {
      return inner.modelParameters(part);
    }

    @Override
    public CompletionStage<Map<String, StoredTable>> outputTables(Part part) {
      return inner.outputTables(part);
    }

    @Override
    public CompletionStage<Map<String, Rows>> outputData(Part part, int limit) {
      return inner.outputData(part, limit);
    }
  }

  static class SubmitsTwice extends JobInvokerContract {
    @Override
    protected InvokerWorld world(ComponentCatalog catalog) {
      return BrokenInvokers.world(
          catalog,
          good ->
              new Forwarding(good) {
                @Override
                public CompletionStage<Invoked> submit(
                    Map<String, Object> dsl, Map<String, Object> conf) {
                  return super.submit(dsl, conf).thenCompose(first -> super.submit(dsl, conf));
                }
              });
    }
  }

  static class AcceptsAnything extends JobInvokerContract {
    @Override
    protected InvokerWorld world(ComponentCatalog catalog) {
      return BrokenInvokers.world(
          catalog,
          good ->
              new Forwarding(good) {
                @Override
                public CompletionStage<Invoked> submit(
                    Map<String, Object> dsl, Map<String, Object> conf) {
                  return super.submit(dsl, conf)
                      .exceptionally(
                          refused -> new Invoked("none", new ModelVersion("m", "v"), ""));
                }
              });
    }
  }

  static class PraisesEverything extends JobInvokerContract {
    @Override
    protected InvokerWorld world(ComponentCatalog catalog) {
      return BrokenInvokers.world(
          catalog,
          good ->
              new Forwarding(good) {
                @Override
                public CompletionStage<End> completion(String jobId, Party initiator) {
                  return super.completion(jobId, initiator)
                      .thenApply(end -> new End(JobStatus.SUCCESS, ""));
                }
              });
    }
  }

  static class IgnoresLimits extends JobInvokerContract {
    @Override
    protected InvokerWorld world(ComponentCatalog catalog) {
      return BrokenInvokers.world(
          catalog,
          good ->
              new Forwarding(good) {
                @Override
                public CompletionStage<Map<String, Rows>> outputData(Part part, int limit) {
                  return super.outputData(part, -1);
                }
              });
    }
  }

  static class InventsSummaries extends JobInvokerContract {
    @Override
    protected InvokerWorld world(ComponentCatalog catalog) {
      return BrokenInvokers.world(
          catalog,
          good ->
              new Forwarding(good) {
                @Override
                public CompletionStage<Map<String, Object>> summary(Part part) {
                  return CompletableFuture.completedStage(Map.of("rows", 3));
                }
              });
    }
  }

  /** I6: gives the trained version for a deployed one. */
  static class DeploysNothing extends JobInvokerContract {
    @Override
    protected InvokerWorld world(ComponentCatalog catalog) {
      return BrokenInvokers.world(
          catalog,
          good ->
              new Forwarding(good) {
                @Override
                public CompletionStage<Deployed> deploy(
                    ModelVersion model, List<String> components) {
                  return super.deploy(model, components)
                      .thenApply(made -> new Deployed(model, made.dsl()));
                }
              });
    }
  }
}
