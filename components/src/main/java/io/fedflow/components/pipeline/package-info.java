/**
 * The standard components as typed parts of a {@link io.fedflow.pipeline.Pipeline}. Every class is
 * written from its component's parameter schema; a test tells when one is out of date, and writes
 * it anew when it is run with {@code -Dfedflow.regenerate=true}.
 */
package io.fedflow.components.pipeline;
