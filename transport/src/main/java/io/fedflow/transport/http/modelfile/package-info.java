/**
 * Pipeline models as files: one zip for a version at a party, in the folders that FATE uses, and
 * beside them, under {@code fedflow}, what an import reads.
 */
package io.fedflow.transport.http.modelfile;
