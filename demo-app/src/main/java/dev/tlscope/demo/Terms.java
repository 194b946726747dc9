package dev.tlscope.demo;

import dev.tlscope.demo.pki.Pki;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.ServerSide;

/** What both sides bring to a connection with the endpoint "legacy". Without a fault they get along. */
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
