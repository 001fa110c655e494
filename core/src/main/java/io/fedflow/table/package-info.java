/** Data as the algorithms see it: ids, typed columns, and the plain file format. */
package io.fedflow.table;
