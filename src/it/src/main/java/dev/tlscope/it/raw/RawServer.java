package dev.tlscope.it.raw;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;

/** A raw server up to its ServerHello; the JVM under test is the client. */
class RawServer extends RawPeer {
    private ClientOffer offer = new ClientOffer(new byte[4 + 2 + 32 + 1 + 2 + 1]);
    private ServerHelloDraft hello = new ServerHelloDraft();

    RawServer(TlsVersion version, RawPki pki, JsseEnd jsse) throws GeneralSecurityException {
        super(version, pki, jsse);
    }

    RawServer readHello() throws IOException, GeneralSecurityException {
        offer = new ClientOffer(nextMessage(HandshakeBytes.CLIENT_HELLO));
        return this;
    }

    /** Sends the ServerHello that a server of this version would send, with a change. */
    RawServer hello(Consumer<ServerHelloDraft> change) throws IOException, GeneralSecurityException {
        hello = ServerHelloDraft.of(version, offer, share).with(change);
        messages(hello.message());
        return this;
    }

    void helloThenEnd() throws IOException, GeneralSecurityException {
        hello(draft -> {});
        end();
    }

    ClientOffer offer() {
        return offer;
    }

    ServerHelloDraft sent() {
        return hello;
    }
}
