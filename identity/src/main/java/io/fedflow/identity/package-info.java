/**
 * Who a site is and whom it trusts: its private key, the certificate that names its party ids, and
 * the authorities that may name parties. Reads and checks with what the JDK brings; {@code
 * authority} makes requests and certificates.
 */
package io.fedflow.identity;
