package dev.tlscope.demo;

import dev.tlscope.demo.pki.Pki;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.ServerSide;

/** How client and server of endpoint "legacy" are set up. Without a fault their handshake completes. */
final class Terms {
    /** Which of the {@link Pki}'s server identities: the name without the key type. */
    String serverIdentity = "server";

    ServerSide.ClientAuth clientAuth = ServerSide.ClientAuth.NONE;
    boolean clientHasCertificate = true;
    boolean clientSpeaksTls = true;
    Offer serverOffer;
    Offer clientOffer;

    Terms(Offer offer) {
        this.serverOffer = offer;
        this.clientOffer = offer;
    }
}
