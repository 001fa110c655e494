/** Tables that leave the stores of a site: as files in folders that its operator named. */
package io.fedflow.transport.http.export;
