/** FATE's routes under {@code /v1}: each class one group, encoding only; rules live in managers. */
package io.fedflow.transport.http.v1;
