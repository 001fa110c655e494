package io.fedflow.transport.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client routes that a test is the test of; it fails if it does not call them all. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ExtendWith(CalledRoutes.class)
@interface Covers {

  /** Paths as the list of client routes writes them. */
  String[] value();
}
