package dev.tlscope.it.raw;

import java.util.function.Consumer;

/** HelloRetryRequests that a client rejects (RFC 8446, 4.1.4). */
final class RetryCases {
    private static final int X448 = 30;

    private RetryCases() {}

    static void add(RefusalCases cases) {
        retry(cases, "retry-group-already-shared", h -> h.retry(EcShare.SECP256R1));
        retry(cases, "retry-group-unknown", h -> h.retry(0xfe01));
        retry(cases, "retry-group-not-offered", h -> h.retry(X448));
        retry(cases, "retry-cut", h -> h.retry(EcShare.SECP384R1).put(HelloExtensions.KEY_SHARE, (byte) 0));
        retry(cases, "retry-legacy-version-3-1", h -> h.retry(EcShare.SECP384R1).legacyVersion = 0x0301);
        retry(
                cases,
                "retry-cookie-empty",
                h -> h.retry(EcShare.SECP384R1).put(HelloExtensions.COOKIE, (byte) 0, (byte) 0));
        retry(cases, "retry-in-tls12", h -> h.retry(EcShare.SECP384R1).without(HelloExtensions.SUPPORTED_VERSIONS));
        cases.atClient13("retry-twice", s -> {
            s.readHello().hello(h -> h.retry(EcShare.SECP384R1));
            s.nextMessage(HandshakeBytes.CLIENT_HELLO);
            s.hello(h -> h.retry(EcShare.SECP384R1));
        });
        cases.atClient13("retry-then-other-group", s -> {
            s.readHello().hello(h -> h.retry(EcShare.SECP384R1));
            s.nextMessage(HandshakeBytes.CLIENT_HELLO);
            s.hello(h -> {});
        });
    }

    private static void retry(RefusalCases cases, String name, Consumer<ServerHelloDraft> change) {
        cases.atClient13(name, s -> s.readHello().hello(change));
    }
}
