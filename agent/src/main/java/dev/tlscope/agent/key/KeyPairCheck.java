package dev.tlscope.agent.key;

import dev.tlscope.agent.record.Connection;
import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.agent.record.Recorder;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Compares each private key with its certificate, once, when a key manager first returns the pair, whichever object
 * holds the key. The comparison runs on the writer's thread; the application's threads only look up the verdict.
 */
public final class KeyPairCheck {
    private static final int MOST_WARNINGS = 50;

    private final Recorder recorder;
    private final Map<X509Certificate, KeyPairVerdict> verdicts = new WeakHashMap<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    public KeyPairCheck(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Warnings for status: one line for each pair that does not match. */
    public List<String> warnings() {
        return warnings;
    }

    /** A key manager returned this pair for a connection. */
    public void add(Connection connection, PrivateKey key, X509Certificate[] chain, @Nullable String alias) {
        KeyPairVerdict verdict = verdict(key, chain[0], alias);
        connection.add(new PairUse(connection.event(EventType.KEY_PAIR), verdict, chain.clone()));
    }

    private KeyPairVerdict verdict(PrivateKey key, X509Certificate leaf, @Nullable String alias) {
        KeyPairVerdict verdict;
        synchronized (verdicts) {
            verdict = verdicts.get(leaf);
            if (verdict != null && verdict.isOf(key)) {
                return verdict;
            }
            verdict = new KeyPairVerdict(key, leaf, alias);
            verdicts.put(leaf, verdict);
        }
        recorder.submit(new PairComparison(new Event(EventType.KEY_PAIR, 0, recorder.now()), verdict, key, leaf));
        return verdict;
    }

    /** Performs the comparison. It is queued before any event that refers to the verdict. */
    private final class PairComparison implements QueuedEvent {
        private final Event event;
        private final KeyPairVerdict verdict;
        private final PrivateKey key;
        private final X509Certificate leaf;

        PairComparison(Event event, KeyPairVerdict verdict, PrivateKey key, X509Certificate leaf) {
            this.event = event;
            this.verdict = verdict;
            this.key = key;
            this.leaf = leaf;
        }

        @Override
        public @Nullable Event resolve() {
            verdict.decide(key, leaf);
            if (!verdict.isMismatch()) {
                return null;
            }
            String warning = verdict.warning(leaf);
            if (warnings.size() < MOST_WARNINGS && !warnings.contains(warning)) {
                warnings.add(warning);
            }
            return verdict.describe(event).put(Field.CERTIFICATE, KeyPairVerdict.encoded(leaf));
        }

        @Override
        public boolean isSecret() {
            return false;
        }

        @Override
        public int size() {
            return 200;
        }

        @Override
        public void discard() {
            // holds no copy of a secret
        }
    }

    /** Records that a connection uses a pair. */
    private static final class PairUse implements QueuedEvent {
        private final Event event;
        private final KeyPairVerdict verdict;
        private final X509Certificate[] chain;

        PairUse(Event event, KeyPairVerdict verdict, X509Certificate[] chain) {
            this.event = event;
            this.verdict = verdict;
            this.chain = chain;
        }

        @Override
        public Event known() {
            return event;
        }

        @Override
        public Event resolve() {
            verdict.describe(event);
            for (X509Certificate certificate : chain) {
                event.put(Field.CERTIFICATE, KeyPairVerdict.encoded(certificate));
            }
            return event;
        }

        @Override
        public boolean isSecret() {
            return false;
        }

        @Override
        public int size() {
            return 300;
        }

        @Override
        public void discard() {
            // holds no copy of a secret
        }
    }
}
