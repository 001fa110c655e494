/** The job and task machines, their tables, and what is stored of them. */
package io.fedflow.job;
