/** How requests of clients are signed: FATE's scheme, the same for who signs and who verifies. */
package io.fedflow.transport.signing;
