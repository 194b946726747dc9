package dev.tlscope.it.raw;

import java.util.Arrays;

/** Records that do not verify, are empty, or are not encrypted although they must be (RFC 8446, 5.2 to 5.4). */
final class ProtectedRecordCases {
    private static final int MOST = 1 << 14;

    private ProtectedRecordCases() {}

    static void add(RefusalCases cases) {
        atServer13(cases);
        atClient13(cases);
        atServer12(cases);
    }

    private static void atServer13(RefusalCases cases) {
        both(cases, "protected-inner-zeros", c -> c.bytes(records(c).sealInner(new byte[20])));
        both(cases, "protected-inner-empty", c -> c.bytes(records(c).sealInner()));
        both(cases, "protected-tag-wrong", c -> c.bytes(turned(records(c).seal(PlainRecord.HANDSHAKE, new byte[36]))));
        both(cases, "protected-too-short", c -> c.plain(PlainRecord.APPLICATION_DATA, new byte[10]));
        both(cases, "protected-empty-record", c -> c.plain(PlainRecord.APPLICATION_DATA));
        both(cases, "protected-inner-type-99", c -> c.record(99, new byte[4]));
        both(cases, "protected-inner-handshake-empty", c -> c.record(PlainRecord.HANDSHAKE));
        both(cases, "protected-inner-too-long", c -> c.record(PlainRecord.APPLICATION_DATA, new byte[MOST + 300]));
        both(
                cases,
                "protected-plain-handshake",
                c -> c.plain(PlainRecord.HANDSHAKE, HandshakeBytes.message(HandshakeBytes.FINISHED, new byte[32])));
        both(cases, "protected-plain-alert", c -> c.plain(PlainRecord.ALERT, (byte) 2, (byte) 40));
        both(cases, "protected-plain-alert-certificate", c -> c.plain(PlainRecord.ALERT, (byte) 2, (byte) 48));
        both(cases, "protected-alert-one-byte", c -> c.record(PlainRecord.ALERT, (byte) 2));
        both(cases, "protected-alert-decrypt-error", c -> c.alert(RawPeer.FATAL, 51));
    }

    private static void atClient13(RefusalCases cases) {
        cases.atClient13(
                "protected-plain-certificate",
                s -> s.start()
                        .encryptedExtensions(none -> {})
                        .plain(PlainRecord.HANDSHAKE, HandshakeBytes.certificate13(new byte[0], s.pki.serverChain())));
        cases.atClient13("protected-data-tag-wrong", s -> {
            s.handshake();
            s.bytes(turned(s.records().seal(PlainRecord.APPLICATION_DATA, new byte[30])));
        });
        cases.atServer13("protected-data-tag-wrong-from-client", c -> {
            c.handshake();
            c.bytes(turned(c.records().seal(PlainRecord.APPLICATION_DATA, new byte[30])));
        });
        cases.atServer13("protected-finished-lost", c -> {
            c.hello();
            c.readServerFlight();
            c.records().seal(PlainRecord.HANDSHAKE, c.finishedMessage());
            c.record(PlainRecord.APPLICATION_DATA, new byte[100]);
        });
        cases.atServer13("protected-record-skipped", c -> {
            c.handshake();
            c.records().seal(PlainRecord.APPLICATION_DATA, new byte[30]);
            c.record(PlainRecord.APPLICATION_DATA, new byte[9]);
        });
    }

    private static void atServer12(RefusalCases cases) {
        cases.atServer12("protected12-tag-wrong", c -> {
            c.hello();
            c.readServerFlight().keyExchange().changeKeys();
            c.bytes(turned(c.writing().seal(PlainRecord.HANDSHAKE, c.finishedMessage())));
        });
        cases.atServer12("protected12-too-short", c -> {
            c.hello();
            c.readServerFlight().keyExchange().changeKeys().plain(PlainRecord.HANDSHAKE, new byte[12]);
        });
        cases.atServer12("protected12-finished-plain", c -> {
            c.hello();
            c.readServerFlight().keyExchange().changeKeys().plain(PlainRecord.HANDSHAKE, c.finishedMessage());
        });
        cases.atServer12("protected12-alert-plain", c -> {
            c.hello();
            c.readServerFlight().keyExchange().changeKeys().plain(PlainRecord.ALERT, (byte) 2, (byte) 40);
        });
        cases.atServer12("protected12-finished-lost", c -> {
            c.hello();
            c.readServerFlight().keyExchange().changeKeys();
            c.writing().seal(PlainRecord.HANDSHAKE, c.finishedMessage());
            c.record(PlainRecord.APPLICATION_DATA, new byte[100]);
        });
        cases.atServer12("protected12-data-tag-wrong", c -> {
            c.handshake();
            c.bytes(turned(c.writing().seal(PlainRecord.APPLICATION_DATA, new byte[30])));
        });
        cbc(
                cases,
                "protected-cbc-mac-wrong",
                (c, cipher) -> c.bytes(cipher.sealPadded(
                        PlainRecord.HANDSHAKE, padded(OctetWriter.joined(c.finishedMessage(), new byte[20]), 11))));
        cbc(
                cases,
                "protected-cbc-padding-wrong",
                (c, cipher) -> c.bytes(cipher.sealPadded(
                        PlainRecord.HANDSHAKE,
                        wrongPadding(OctetWriter.joined(
                                c.finishedMessage(), cipher.mac(PlainRecord.HANDSHAKE, c.finishedMessage()))))));
        cbc(
                cases,
                "protected-cbc-padding-length-255",
                (c, cipher) -> c.bytes(cipher.sealPadded(PlainRecord.HANDSHAKE, filled(48))));
        cbc(cases, "protected-cbc-odd-length", (c, cipher) -> c.plain(PlainRecord.HANDSHAKE, new byte[50]));
        cbc(cases, "protected-cbc-too-short", (c, cipher) -> c.plain(PlainRecord.HANDSHAKE, new byte[16]));
    }

    private interface UnderCbc {
        void play(RawClient12 client, AesCbc cipher) throws Exception;
    }

    private static void cbc(RefusalCases cases, String name, UnderCbc play) {
        cases.atServer12(name, c -> {
                    c.hello(h -> h.suites(Suites.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA));
                    c.readServerFlight().keyExchange().changeKeys();
                    play.play(c, (AesCbc) c.writing());
                })
                .in(TlsVersion.TLS10, TlsVersion.TLS11);
    }

    /** At a server before the client's Finished, at a client before EncryptedExtensions. */
    private static void both(RefusalCases cases, String name, RefusalCases.OneConnection<RawPeer> play) {
        cases.atServer13(name + "-from-client", c -> {
            c.hello();
            play.with(c.readServerFlight());
        });
        cases.atClient13(name + "-from-server", s -> play.with(s.start()));
    }

    private static AesGcm13 records(RawPeer peer) {
        return (AesGcm13) peer.writing();
    }

    private static byte[] turned(byte... record) {
        byte[] changed = record.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }

    private static byte[] padded(byte[] content, int padding) {
        byte[] all = Arrays.copyOf(content, content.length + padding + 1);
        Arrays.fill(all, content.length, all.length, (byte) padding);
        return all;
    }

    private static byte[] wrongPadding(byte... content) {
        byte[] all = padded(content, 11);
        all[all.length - 3] = 7;
        return all;
    }

    private static byte[] filled(int length) {
        byte[] all = new byte[length];
        Arrays.fill(all, (byte) 0xff);
        return all;
    }
}
