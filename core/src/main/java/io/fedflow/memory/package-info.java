/**
 * The store ports in memory: the default for embedding and tests, and the reference that the
 * conformance kit is written against. Nothing here outlives the process. Start at {@link
 * io.fedflow.memory.MemoryStores}.
 */
package io.fedflow.memory;
