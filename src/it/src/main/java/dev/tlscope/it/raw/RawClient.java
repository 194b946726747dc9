package dev.tlscope.it.raw;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;

/** A raw client up to its ClientHello; the JVM under test is the server. */
class RawClient extends RawPeer {
    private final String name;
    private ClientHelloDraft hello = new ClientHelloDraft();

    RawClient(TlsVersion version, RawPki pki, JsseEnd jsse, String name) throws GeneralSecurityException {
        super(version, pki, jsse);
        this.name = name;
    }

    /** Sends the ClientHello that a client of this version would send. */
    ClientHelloDraft hello() throws IOException, GeneralSecurityException {
        return hello(draft -> {});
    }

    /** Sends that ClientHello with a change. */
    ClientHelloDraft hello(Consumer<ClientHelloDraft> change) throws IOException, GeneralSecurityException {
        hello = draft().with(change);
        messages(hello.message());
        return hello;
    }

    /** Sends two ClientHellos in one record. */
    void twice() throws IOException, GeneralSecurityException {
        hello = draft();
        messages(hello.message(), hello.message());
    }

    /** A ClientHello that is not sent. */
    ClientHelloDraft draft() {
        return ClientHelloDraft.of(version, name, share);
    }

    /** The ClientHello that was sent last. */
    ClientHelloDraft sent() {
        return hello;
    }

    void sent(ClientHelloDraft draft) {
        hello = draft;
    }
}
