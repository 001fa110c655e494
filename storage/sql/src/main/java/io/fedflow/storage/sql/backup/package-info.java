/**
 * Backups of a site's stores: one file that holds every row and every blob of one moment, made
 * while the server runs, verified before a byte of it is restored.
 */
package io.fedflow.storage.sql.backup;
