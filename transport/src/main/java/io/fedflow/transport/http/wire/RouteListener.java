package io.fedflow.transport.http.wire;

/** Tells who hears which arguments a route asks for. */
@FunctionalInterface
public interface RouteListener {

  /** Nobody. */
  RouteListener NOBODY = route -> ArgumentListener.NONE;

  /** Who hears the arguments of this route. */
  ArgumentListener of(Mounted route);
}
