/**
 * Runs each part of a task in a Java process of its own. The process has the component and nothing
 * else: inputs, outputs, messages, tables, reports and checkpoints cross its standard streams as
 * {@link io.fedflow.worker.Frames frames}; the stores stay with the server. The process ends with
 * its part, when it is killed, and when its server dies.
 */
package io.fedflow.worker;
