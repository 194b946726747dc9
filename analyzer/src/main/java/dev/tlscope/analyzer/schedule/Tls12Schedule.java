package dev.tlscope.analyzer.schedule;

import dev.tlscope.analyzer.crypto.Digests;
import dev.tlscope.analyzer.crypto.Prf;
import dev.tlscope.analyzer.crypto.SuiteParameters;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import dev.tlscope.tls.HandshakeType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TLS 1.0 to 1.2: pre-master, master secret, key block, Finished (RFC 5246, 6.3, 7.4.9 and 8.1; RFC 7627). */
final class Tls12Schedule implements KeySchedule {
    private final Negotiation negotiation;
    private final ScheduleChecks ledger;
    private final Prf prf;
    private final Transcript transcript;
    private final @Nullable SuiteParameters suite;
    private byte @Nullable [] master;
    private @Nullable WriteKeys clientKeys;
    private @Nullable WriteKeys serverKeys;

    Tls12Schedule(Negotiation negotiation) {
        this.negotiation = negotiation;
        this.ledger = new ScheduleChecks(negotiation.secrets());
        this.suite = SuiteParameters.of(negotiation.cipherSuite()).orElse(null);
        String name = negotiation.cipherSuite();
        String hash = !negotiation.isTls12()
                ? Digests.MD5_SHA1
                : name != null && name.endsWith("_SHA384") ? "SHA-384" : "SHA-256";
        this.prf = new Prf(hash);
        this.transcript = new Transcript(negotiation, hash);
        masterSecret();
        keyBlock();
        finished(negotiation.isAbbreviated());
        finished(!negotiation.isAbbreviated());
    }

    @Override
    public List<Check> checks() {
        return ledger.checks();
    }

    @Override
    public Optional<WriteKeys> keys(boolean client, int epoch) {
        return Optional.ofNullable(client ? clientKeys : serverKeys);
    }

    private void masterSecret() {
        Optional<byte[]> premaster = ledger.input("premaster_secret");
        byte[] computed = null;
        String from = negotiation.isAbbreviated() ? "of the resumed session" : "premaster_secret was not captured";
        if (premaster.isPresent() && negotiation.hasExtendedMasterSecret()) {
            from = "premaster_secret and the transcript hash up to ClientKeyExchange (RFC 7627, 4)";
            Optional<byte[]> hash =
                    negotiation.message(HandshakeType.CLIENT_KEY_EXCHANGE, true).flatMap(transcript::hashThrough);
            computed = ledger.transcriptHash("ClientHello..ClientKeyExchange", "master_secret", hash)
                    .map(value -> prf.compute(premaster.get(), "extended master secret", value, Prf.MASTER_LENGTH))
                    .orElse(null);
        } else if (premaster.isPresent()) {
            from = "premaster_secret, client_random and server_random (RFC 5246, 8.1)";
            computed = randoms(true)
                    .map(seed -> prf.compute(premaster.get(), "master secret", seed, Prf.MASTER_LENGTH))
                    .orElse(null);
        }
        master = ledger.secret("CLIENT_RANDOM", computed, from).orElse(null);
    }

    private void keyBlock() {
        Optional<byte[]> seed = randoms(false);
        byte[] secret = master;
        SuiteParameters parameters = suite;
        if (parameters == null || secret == null || seed.isEmpty()) {
            return;
        }
        int mac = parameters.macLength();
        int key = parameters.keyLength();
        int iv = parameters.ivLength();
        int length = ledger.length("key_block").orElse(2 * (mac + key + iv));
        byte[] computed = prf.compute(secret, "key expansion", seed.get(), length);
        byte[] block = ledger.secret("key_block", computed, "CLIENT_RANDOM, server_random and client_random")
                .orElse(computed);
        if (block.length < 2 * (mac + key)) {
            return;
        }
        // JSSE derives no IVs for records that contain their own, so a captured key block may lack them.
        byte[] padded = Arrays.copyOf(block, Math.max(block.length, 2 * (mac + key + iv)));
        clientKeys = cut("client", padded, 0, mac, key, iv);
        serverKeys = cut("server", padded, 1, mac, key, iv);
    }

    /** Splits the key block: client and server MAC keys, then keys, then IVs (RFC 5246, 6.3). */
    private WriteKeys cut(String side, byte[] block, int second, int mac, int key, int iv) {
        String from = "key_block";
        byte[] macKey = part(side + "_write_mac_key", block, second * mac, mac, from);
        byte[] writeKey = part(side + "_write_key", block, 2 * mac + second * key, key, from);
        byte[] writeIv = part(side + "_write_iv", block, 2 * (mac + key) + second * iv, iv, from);
        return new WriteKeys(writeKey, writeIv, macKey);
    }

    private byte[] part(String label, byte[] block, int at, int length, String from) {
        byte[] computed = Arrays.copyOfRange(block, at, at + length);
        return length == 0 || !ledger.has(label)
                ? computed
                : ledger.secret(label, computed, from).orElse(computed);
    }

    private void finished(boolean client) {
        String name = client ? "client Finished" : "server Finished";
        Optional<Message> message = negotiation.message(HandshakeType.FINISHED, client);
        byte[] secret = master;
        if (message.isEmpty()) {
            return;
        }
        Proof proof = Proof.of(negotiation, client, message.get());
        Optional<byte[]> hash =
                ledger.transcriptHash("before " + name, proof.transcriptHash(), transcript.hashBefore(message.get()));
        if (hash.isEmpty()) {
            ledger.add(Check.unchecked(name, "the transcript's beginning was not captured"));
        } else if (secret == null) {
            ledger.add(Check.unchecked(name, "CLIENT_RANDOM, the master secret, was not captured"));
        } else {
            proof.compare(
                    ledger,
                    name,
                    prf.compute(secret, client ? "client finished" : "server finished", hash.get(), Prf.VERIFY_LENGTH),
                    "CLIENT_RANDOM and the transcript hash before it");
        }
    }

    private Optional<byte[]> randoms(boolean clientFirst) {
        byte[] client = negotiation.clientHello().map(Hello::random).orElse(null);
        byte[] server = negotiation.serverHello().map(Hello::random).orElse(null);
        return client == null || server == null
                ? Optional.empty()
                : Optional.of(clientFirst ? Digests.concat(client, server) : Digests.concat(server, client));
    }
}
