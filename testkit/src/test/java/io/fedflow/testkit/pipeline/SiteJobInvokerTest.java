package io.fedflow.testkit.pipeline;

import io.fedflow.Fedflow;
import io.fedflow.component.ComponentCatalog;

class SiteJobInvokerTest extends JobInvokerContract {

  @Override
  protected InvokerWorld world(ComponentCatalog catalog) {
    Fedflow site = Fedflow.builder().components(catalog).build();
    return new InvokerWorld(site.invoker(), site, site::close);
  }
}
