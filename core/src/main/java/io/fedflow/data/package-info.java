/** Tables at rest: the catalog and all access to stored data. */
package io.fedflow.data;
