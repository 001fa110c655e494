/**
 * The conformance kits of {@link io.fedflow.spi.PartyLink} and {@link
 * io.fedflow.federation.FederationLink}, and links inside one process to be used where the network
 * does not matter. To check a link, extend both kits and give them a {@link
 * io.fedflow.testkit.link.LinkWorld}.
 */
package io.fedflow.testkit.link;
