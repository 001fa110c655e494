package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Checks that a test calls every route that it says it covers. */
final class CalledRoutes implements BeforeEachCallback, AfterEachCallback {

  /** Paths that the tests of this thread called. */
  private static final ThreadLocal<Set<String>> CALLED =
      ThreadLocal.withInitial(ConcurrentHashMap::newKeySet);

  /** Notes a request of the test that runs on this thread. */
  static void note(String path) {
    CALLED.get().add(path);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    CALLED.get().clear();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (String route : context.getRequiredTestMethod().getAnnotation(Covers.class).value()) {
      String pattern = route.replaceAll("<[a-z_]+>", "[^/]+");
      assertThat(CALLED.get()).as("calls to " + route).anyMatch(path -> path.matches(pattern));
    }
  }
}
