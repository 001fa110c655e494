/**
 * Objects in buckets that speak S3: which buckets the operator allows, whose keys open them, and
 * the few requests that are made. Everything is signed (AWS signature version 4).
 */
package io.fedflow.transport.bucket;
