/** What each component costs on rows of a given shape, over all parties. */
package io.fedflow.benchmarks.components;
