/** The waiting jobs and the ordered queue of what happened to them. */
package io.fedflow.queue;
