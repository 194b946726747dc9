package dev.tlscope.demo;

import dev.tlscope.demo.pki.Pki;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.ServerSide;

/** The configuration of client and server of endpoint "legacy". Without a fault their handshake completes. */
final class Terms {
    /** The name of one of the {@link Pki}'s server identities, without the key type. */
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
