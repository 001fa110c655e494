package io.fedflow.testkit.eventloop;

import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.spi.VertxServiceProvider;
import java.util.concurrent.TimeUnit;

/** Lets every Vert.x of a test run report an event loop that stands for 100 ms, with its stack. */
public final class ImpatientChecker implements VertxServiceProvider {

  private static final int LIMIT_MILLIS = 100;
  private static final int INTERVAL_MILLIS = 20;

  @Override
  public void init(VertxBootstrap bootstrap) {
    // The first logger of Vert.x configures the log anew, which would drop those who listen.
    LoggerFactory.getLogger(BlockedEventLoops.LOGGER);
    BlockedEventLoops.install();
    VertxOptions options = bootstrap.options();
    options
        .setBlockedThreadCheckInterval(INTERVAL_MILLIS)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
        .setMaxEventLoopExecuteTime(LIMIT_MILLIS)
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
        .setWarningExceptionTime(LIMIT_MILLIS)
        .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS);
  }
}
