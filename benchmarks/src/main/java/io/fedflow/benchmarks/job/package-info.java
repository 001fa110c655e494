/** How long whole jobs take on a server in a process of its own. */
package io.fedflow.benchmarks.job;
