/**
 * Makes keys, requests for certificates, authorities and certificates. Needs Bouncy Castle (bcpkix)
 * on the class path; everything else of this module does not.
 */
package io.fedflow.identity.authority;
