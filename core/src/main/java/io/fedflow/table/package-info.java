/**
 * Data as the algorithms see it: ids, typed columns, the names by which other parties know them,
 * and the plain file format.
 */
package io.fedflow.table;
