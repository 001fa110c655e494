package io.fedflow.transport.http.wire;

/** A group of routes. */
public interface Controller {

  /** Adds the routes. */
  void mount(Routes routes);
}
