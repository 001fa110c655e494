/** Uploads: the odd ways in which clients send their settings, and files on their way to a job. */
package io.fedflow.transport.http.upload;
