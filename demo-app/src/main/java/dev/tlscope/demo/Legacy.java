package dev.tlscope.demo;

import dev.tlscope.demo.pki.Identity;
import dev.tlscope.demo.pki.Pki;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.ServerSide;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/**
 * The state of the endpoint "legacy": the faults that are switched on, and the configuration of its next connection.
 */
final class Legacy {
    private final Pki pki;
    private final Offer offer;
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    /** Every change of a fault creates a new one, because the sessions of the old context would hide the fault. */
    private ServerSide side;

    private Terms terms;

    Legacy(Pki pki, Offer offer) throws GeneralSecurityException, IOException {
        this.pki = pki;
        this.offer = offer;
        this.terms = new Terms(offer);
        this.side = serverSide(pki, terms);
    }

    /** Switches a fault on or off from the next connection on. */
    synchronized void set(Fault fault, boolean on) throws GeneralSecurityException, IOException {
        if (on) {
            faults.add(fault);
        } else {
            faults.remove(fault);
        }
        Terms changed = new Terms(offer);
        for (Fault active : faults) {
            active.applyTo(changed);
        }
        side = serverSide(pki, changed);
        terms = changed;
    }

    /** The terms of the next connection, which later changes do not affect. */
    synchronized Terms terms() {
        return terms;
    }

    SSLSocket secure(Socket accepted) throws IOException {
        ServerSide current;
        synchronized (this) {
            current = side;
        }
        return current.over(accepted);
    }

    private static ServerSide serverSide(Pki pki, Terms terms) throws GeneralSecurityException, IOException {
        Identity rsa = pki.identity(terms.serverIdentity + "-rsa");
        Identity ec = pki.identity(terms.serverIdentity + "-ec");
        return new ServerSide(TlsContexts.of(pki.root(), rsa, ec), terms.serverOffer, terms.clientAuth);
    }
}
