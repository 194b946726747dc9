package dev.tlscope.it.raw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All cases of a run. "At" a server or a client names the role of JSSE. */
final class RefusalCases {
    private final List<RefusalCase> all = new ArrayList<>();

    /** A raw peer's actions on its only connection. */
    interface OneConnection<P> {
        void with(P peer) throws Exception;
    }

    /** A raw peer's actions on a second connection, after a whole handshake on a first one. */
    interface SecondConnection<P> {
        void with(P first, P second) throws Exception;
    }

    /** A raw client's actions with the PSK of a first connection that had a whole handshake. */
    interface ConnectionWithPsk {
        void with(RawPsk psk, RawClient13 client) throws Exception;
    }

    /** A message that depends on what its sender has sent and received. */
    interface MessageOf<P> {
        byte[] of(P peer) throws Exception;
    }

    List<RefusalCase> all() {
        return Collections.unmodifiableList(all);
    }

    /** Adds a case in which a server rejects something in a hello, in some versions. */
    RefusalCase atServer(String name, OneConnection<RawClient> play, TlsVersion... versions) {
        return add(new RefusalCase(name, false, stage -> play.with(stage.client())).in(versions));
    }

    RefusalCase atServer12(String name, OneConnection<RawClient12> play) {
        return add(new RefusalCase(name, false, stage -> play.with(stage.client12())).in(TlsVersion.TLS12));
    }

    /** Adds a case in which the raw client has sent its hello and read up to ServerHelloDone. */
    RefusalCase afterServerFlight12(String name, OneConnection<RawClient12> play) {
        return atServer12(name, c -> {
            c.hello();
            play.with(c.readServerFlight());
        });
    }

    RefusalCase atServer13(String name, OneConnection<RawClient13> play) {
        return add(new RefusalCase(name, false, stage -> play.with(stage.client13())).in(TlsVersion.TLS13));
    }

    RefusalCase atServerAgain12(String name, SecondConnection<RawClient12> play) {
        return add(new RefusalCase(name, false, stage -> {
                    RawClient12 first = stage.client12();
                    first.handshake().alert(RawPeer.WARNING, 0);
                    first.jsse().outcome();
                    play.with(first, stage.client12());
                })
                .in(TlsVersion.TLS12));
    }

    /** Adds a case in which the second connection offers the ticket of the first. */
    RefusalCase atServerAgain13(String name, ConnectionWithPsk play) {
        return add(new RefusalCase(name, false, stage -> {
                    RawClient13 first = stage.client13();
                    first.hello(h -> h.put(HelloExtensions.PSK_KEY_EXCHANGE_MODES, (byte) 1, (byte) 1));
                    first.readServerFlight().finish();
                    RawPsk psk = first.psk();
                    first.alert(RawPeer.WARNING, 0);
                    first.jsse().outcome();
                    play.with(psk, stage.client13());
                })
                .in(TlsVersion.TLS13));
    }

    /** Adds a case in which a client rejects something in a hello, in some versions. */
    RefusalCase atClient(String name, OneConnection<RawServer> play, TlsVersion... versions) {
        return add(new RefusalCase(name, true, stage -> play.with(stage.server())).in(versions));
    }

    RefusalCase atClient12(String name, OneConnection<RawServer12> play) {
        return add(new RefusalCase(name, true, stage -> play.with(stage.server12())).in(TlsVersion.TLS12));
    }

    /** Adds a case in which the raw server has read the hello and sent its own. */
    RefusalCase afterServerHello12(String name, OneConnection<RawServer12> play) {
        return atClient12(name, s -> play.with(s.readHello().hello(h -> {})));
    }

    RefusalCase atClient13(String name, OneConnection<RawServer13> play) {
        return add(new RefusalCase(name, true, stage -> play.with(stage.server13())).in(TlsVersion.TLS13));
    }

    RefusalCase atClientAgain12(String name, SecondConnection<RawServer12> play) {
        return add(new RefusalCase(name, true, stage -> {
                    RawServer12 first = stage.server12();
                    first.handshake().alert(RawPeer.WARNING, 0);
                    first.jsse().outcome();
                    play.with(first, stage.server12());
                })
                .in(TlsVersion.TLS12));
    }

    /** Adds a case in which the client has a ticket from the first connection. */
    RefusalCase atClientAgain13(String name, SecondConnection<RawServer13> play) {
        return add(new RefusalCase(name, true, stage -> {
                    RawServer13 first = stage.server13();
                    first.handshake();
                    first.messages(HandshakeBytes.newSessionTicket13(3600, new byte[16]));
                    first.alert(RawPeer.WARNING, 0);
                    first.jsse().outcome();
                    play.with(first, stage.server13());
                })
                .in(TlsVersion.TLS13));
    }

    private RefusalCase add(RefusalCase one) {
        all.add(one);
        return one;
    }
}
