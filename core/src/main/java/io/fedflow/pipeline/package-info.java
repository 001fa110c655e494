/** The pipeline manager: from documents to running jobs. */
package io.fedflow.pipeline;
