package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.crypto.Hkdf;
import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.HandshakeType;
import dev.tlscope.tls.SecretLabel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TLS 1.3: from PSK and shared secret to traffic secrets, Finished and key updates (RFC 8446, 7.1 and 7.2). */
final class Tls13Schedule implements KeySchedule {
    private static final int MOST_UPDATES = 10_000;

    private final Negotiation negotiation;
    private final ScheduleChecks ledger;
    private final Hkdf hkdf;
    private final Transcript transcript;
    private final @Nullable SuiteParameters suite;
    private byte @Nullable [] main;

    Tls13Schedule(Negotiation negotiation) {
        this.negotiation = negotiation;
        this.ledger = new ScheduleChecks(negotiation.secrets());
        this.suite = SuiteParameters.of(negotiation.cipherSuite()).orElse(null);
        this.hkdf = new Hkdf(suite == null ? "SHA-256" : suite.hash());
        this.transcript = new Transcript(negotiation, hkdf.hash());
        if (suite != null) {
            Optional<byte[]> early = earlySecret();
            binder(early);
            Optional<byte[]> handshake = handshakeSecret(early);
            finished(false);
            mainSecret(handshake);
            finished(true);
            resumption();
            writeKeys();
        }
    }

    @Override
    public List<Check> checks() {
        return ledger.checks();
    }

    /** Epoch 1 is that of the handshake, 2 the first of application data; each KeyUpdate starts another. */
    @Override
    public Optional<WriteKeys> keys(boolean client, int epoch) {
        SuiteParameters parameters = suite;
        return parameters == null
                ? Optional.empty()
                : trafficSecret(client, epoch).map(secret -> keys(secret, parameters));
    }

    private WriteKeys keys(byte[] secret, SuiteParameters parameters) {
        return new WriteKeys(
                hkdf.expandLabel(secret, "key", new byte[0], parameters.keyLength()),
                hkdf.expandLabel(secret, "iv", new byte[0], parameters.ivLength()),
                new byte[0]);
    }

    private Optional<byte[]> trafficSecret(boolean client, int epoch) {
        String side = client ? "CLIENT" : "SERVER";
        if (epoch <= 1) {
            return ledger.value(side + "_HANDSHAKE_TRAFFIC_SECRET");
        }
        Optional<byte[]> secret = ledger.value(side + "_TRAFFIC_SECRET_0");
        for (int update = 1; update <= Math.min(epoch - 2, MOST_UPDATES); update++) {
            secret = secret.map(this::updated);
        }
        return secret;
    }

    /** application_traffic_secret_N+1 (RFC 8446, 7.2). */
    private byte[] updated(byte[] secret) {
        return hkdf.expandLabel(secret, "traffic upd", new byte[0], hkdf.length());
    }

    private Optional<byte[]> earlySecret() {
        Optional<byte[]> psk = ledger.input("psk");
        boolean none = !negotiation.hasPreSharedKey();
        byte[] computed = none
                ? hkdf.extract(new byte[0], hkdf.zeroes())
                : psk.map(key -> hkdf.extract(new byte[0], key)).orElse(null);
        return ledger.secret(
                "early_secret", computed, none ? "no PSK" : computed == null ? "psk was not captured" : "psk");
    }

    private void binder(Optional<byte[]> early) {
        if (!negotiation.hasPreSharedKey()) {
            return;
        }
        byte[] none = Digests.hash(hkdf.hash(), new byte[0]);
        byte[] computed =
                early.map(secret -> hkdf.derive(secret, "res binder", none)).orElse(null);
        Optional<byte[]> key = ledger.secret("binder_key", computed, "early_secret, of a resumption PSK");
        Optional<Binder> binder = Binder.of(negotiation, transcript);
        if (key.isEmpty() || binder.isEmpty()) {
            ledger.add(Check.unchecked(
                    "PSK binder", key.isEmpty() ? "psk was not captured" : "the ClientHello was not captured"));
        } else {
            ledger.add(Check.compare(
                    "PSK binder",
                    false,
                    binder.get().value(),
                    hkdf.verifyData(key.get(), binder.get().transcriptHash()),
                    "binder_key and the ClientHello up to the binders"));
        }
    }

    private Optional<byte[]> handshakeSecret(Optional<byte[]> early) {
        Optional<byte[]> shared = ledger.input("shared_secret");
        byte[] computed = early.isPresent() && shared.isPresent() ? hkdf.next(early.get(), shared.get()) : null;
        Optional<byte[]> secret = ledger.secret(
                "handshake_secret",
                computed,
                computed == null ? "an input was not captured" : "early_secret and shared_secret");
        Optional<byte[]> hash = ledger.transcriptHash(
                "ClientHello..ServerHello",
                SecretLabel.CLIENT_HANDSHAKE_TRAFFIC_SECRET.name(),
                serverHello().flatMap(transcript::hashThrough));
        traffic(SecretLabel.CLIENT_HANDSHAKE_TRAFFIC_SECRET, "handshake_secret", "c hs traffic", secret, hash);
        traffic(SecretLabel.SERVER_HANDSHAKE_TRAFFIC_SECRET, "handshake_secret", "s hs traffic", secret, hash);
        return secret;
    }

    private void mainSecret(Optional<byte[]> handshake) {
        byte[] computed =
                handshake.map(secret -> hkdf.next(secret, hkdf.zeroes())).orElse(null);
        Optional<byte[]> secret = ledger.secret(
                "main_secret", computed, computed == null ? "handshake_secret was not captured" : "handshake_secret");
        main = secret.orElse(null);
        Optional<byte[]> hash = ledger.transcriptHash(
                "ClientHello..server Finished",
                SecretLabel.CLIENT_TRAFFIC_SECRET_0.name(),
                negotiation.message(HandshakeType.FINISHED, false).flatMap(transcript::hashThrough));
        traffic(SecretLabel.CLIENT_TRAFFIC_SECRET_0, "main_secret", "c ap traffic", secret, hash);
        traffic(SecretLabel.SERVER_TRAFFIC_SECRET_0, "main_secret", "s ap traffic", secret, hash);
        traffic(SecretLabel.EXPORTER_SECRET, "main_secret", "exp master", secret, hash);
        updates(true);
        updates(false);
    }

    private void traffic(
            SecretLabel label, String from, String name, Optional<byte[]> secret, Optional<byte[]> transcriptHash) {
        byte[] computed = secret.isPresent() && transcriptHash.isPresent()
                ? hkdf.derive(secret.get(), name, transcriptHash.get())
                : null;
        ledger.secret(
                label.name(),
                computed,
                computed == null ? from + " was not captured" : from + " and the transcript hash");
    }

    private void updates(boolean client) {
        String side = client ? "client" : "server";
        Optional<byte[]> secret = ledger.value((client ? "CLIENT" : "SERVER") + "_TRAFFIC_SECRET_0");
        for (int n = 1; n <= MOST_UPDATES && ledger.has(side + "_traffic_secret_" + n); n++) {
            secret = ledger.secret(
                    side + "_traffic_secret_" + n, secret.map(this::updated).orElse(null), "the secret before it");
        }
    }

    private void resumption() {
        byte[] secret = main;
        Optional<byte[]> hash =
                negotiation.message(HandshakeType.FINISHED, true).flatMap(transcript::hashThrough);
        byte[] computed = secret == null || hash.isEmpty() ? null : hkdf.derive(secret, "res master", hash.get());
        ledger.secret("resumption_secret", computed, "main_secret and the transcript hash up to the client's Finished");
    }

    /** Checks captured write keys and IVs, whose epoch is not known. */
    private void writeKeys() {
        for (String side : List.of("client", "server")) {
            for (Captured captured : negotiation.secrets().captured(side + "_write_key")) {
                ledger.add(ofSomeEpoch(side + "_write_key", side.equals("client"), true, captured));
            }
            for (Captured captured : negotiation.secrets().captured(side + "_write_iv")) {
                ledger.add(ofSomeEpoch(side + "_write_iv", side.equals("client"), false, captured));
            }
        }
    }

    private Check ofSomeEpoch(String label, boolean client, boolean key, Captured captured) {
        byte[] nearest = null;
        for (int epoch = 1; epoch < 2 + negotiation.secrets().all(label).size(); epoch++) {
            byte[] computed = keys(client, epoch)
                    .map(keys -> key ? keys.key() : keys.iv())
                    .orElse(null);
            if (computed != null && java.util.Arrays.equals(computed, captured.bytes())) {
                return Check.compare(label, true, captured.bytes(), computed, "the traffic secret of epoch " + epoch)
                        .at(captured.timeNanos());
            }
            nearest = computed != null ? computed : nearest;
        }
        return Check.compare(label, true, captured.bytes(), nearest, "no traffic secret gives it")
                .at(captured.timeNanos());
    }

    private void finished(boolean client) {
        String name = client ? "client Finished" : "server Finished";
        String from = (client ? "CLIENT" : "SERVER") + "_HANDSHAKE_TRAFFIC_SECRET";
        Optional<Message> message = negotiation.message(HandshakeType.FINISHED, client);
        if (message.isEmpty()) {
            return;
        }
        Proof proof = Proof.of(negotiation, client, message.get());
        Optional<byte[]> hash =
                ledger.transcriptHash("before " + name, proof.transcriptHash(), transcript.hashBefore(message.get()));
        Optional<byte[]> secret = ledger.value(from);
        if (hash.isEmpty() || secret.isEmpty()) {
            ledger.add(Check.unchecked(
                    name, hash.isEmpty() ? "the transcript's beginning was not captured" : from + " was not captured"));
        } else {
            proof.compare(
                    ledger,
                    name,
                    hkdf.verifyData(secret.get(), hash.get()),
                    from + " and the transcript hash before it");
        }
    }

    private Optional<Message> serverHello() {
        return negotiation.messages().stream()
                .filter(message -> message.is(HandshakeType.SERVER_HELLO))
                .reduce((first, second) -> second);
    }
}
