/** Fakes and conformance kits for everybody who implements a port of the core. */
module io.fedflow.testkit {
  requires transitive io.fedflow.core;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires java.logging;
  requires jdk.httpserver;
  // Only where event loops are tested.
  requires static io.vertx.core;
  requires static io.vertx.core.logging;

  exports io.fedflow.testkit.component;
  exports io.fedflow.testkit.link;
  exports io.fedflow.testkit.log;
  exports io.fedflow.testkit.net;
  exports io.fedflow.testkit.pipeline;
  exports io.fedflow.testkit.privacy;
  exports io.fedflow.testkit.runner;
  exports io.fedflow.testkit.sim;
  exports io.fedflow.testkit.spi;
  exports io.fedflow.testkit.store;
  exports io.fedflow.testkit.takeover;
}
