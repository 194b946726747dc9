package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.Frames;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.finding.Warning;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A capture's warnings about its JVM: keys that do not belong to their certificates and have not yet made a handshake
 * fail, keys and stores that cannot be opened, and applications that cannot set TLS up. Each is reported once.
 */
public final class Warnings {
    static final CauseId KEYSTORE_PASSWORD = CauseId.of(
            "keystore-password",
            FixedBy.THIS_SIDE,
            "A key manager cannot open a private key with the password that it was given, or a key store or a private key cannot be"
                    + " read: by its password, type, file or form.",
            "UnrecoverableKeyException out of the key store, under a key manager, with the alias; what"
                    + " SSLContextImpl.DefaultManagersHolder threw, beside the properties that name the store; what the store, or the"
                    + " KeyFactory, threw at the application, beside the first bytes that this shows",
            "Give the key's own password, which may not be the store's (keytool -keypasswd); the store's own password, type and"
                    + " file; the key in PKCS#8.",
            "RFC 7292, 4.2.2");

    /** Real JVMs have a few; a limit for hostile captures. */
    private static final int MOST = 100;

    private final Map<String, Event> pairs = new LinkedHashMap<>();
    private final Map<String, Event> stores = new LinkedHashMap<>();
    private final Map<String, Event> setUps = new LinkedHashMap<>();
    private final Map<String, Event> unread = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Map<String, Note> notes = new LinkedHashMap<>();

    private record Note(long timeNanos, Finding finding) {}

    /** Adds an event of the capture; every event must be added. */
    public void add(Event event) {
        if (event.connection() != 0) {
            return;
        }
        if (event.type() == EventType.KEY_PAIR && "no".equals(event.text(Field.MATCH))) {
            keep(pairs, key(event), event);
        } else if (event.type() == EventType.KEY_STORE) {
            // not by its text, which depends on the bytes that a wrong password turns the key into
            String which =
                    StoreRefused.isMeant(event) ? String.join("\n", event.texts(Field.VALUE)) : event.text(Field.ALIAS);
            keep(stores, which + "\n" + event.text(Field.CLASS) + "\n" + keyManager(event), event);
        } else if (event.type() == EventType.SET_UP && StoreUnreadable.isMeant(event)) {
            if (StoreUnreadable.isTakenBack(event)) {
                unread.keySet().removeIf(attempt -> attempt.startsWith(StoreUnreadable.attempts(event)));
            } else {
                keep(unread, StoreUnreadable.key(event), event);
            }
        } else if (event.type() == EventType.SET_UP && SetUpRefused.isMeant(event)) {
            keep(
                    setUps,
                    event.text(Field.CLASS) + "\n" + event.text(Field.ALGORITHM) + "\n" + event.texts(Field.VALUE),
                    event);
        }
    }

    /** Adds a handshake that is reported as failed anyway. */
    public void failed(Handshake handshake, Finding finding) {
        if (finding.cause() == OwnKeyMismatch.KEY_MISMATCH && told.size() < MOST) {
            handshake.keyPairs().forEach(pair -> told.add(key(pair)));
        }
    }

    /** Adds a completed handshake that may have a warning. */
    public void completed(Handshake handshake) {
        if (notes.size() < MOST) {
            NoCertificateSent.note(handshake)
                    .ifPresent(finding -> notes.putIfAbsent(
                            handshake.peer() + "\n" + finding.evidence(), new Note(handshake.timeNanos(), finding)));
        }
    }

    /** In the order of the file. */
    public List<Warning> of(Path file) {
        List<Warning> warnings = new ArrayList<>();
        stores.values().forEach(event -> warnings.add(new Warning(file, event.timeNanos(), told(event))));
        unread.values()
                .forEach(event -> warnings.add(new Warning(file, event.timeNanos(), StoreUnreadable.finding(event))));
        setUps.values()
                .forEach(event -> warnings.add(new Warning(file, event.timeNanos(), SetUpRefused.finding(event))));
        pairs.forEach((key, event) -> {
            if (!told.contains(key)) {
                warnings.add(new Warning(file, event.timeNanos(), OwnKeyMismatch.firstUse(event)));
            }
        });
        notes.values().forEach(note -> warnings.add(new Warning(file, note.timeNanos(), note.finding())));
        return List.copyOf(warnings);
    }

    private static Finding told(Event event) {
        return StoreRefused.isMeant(event) ? StoreRefused.finding(event) : locked(event);
    }

    private static Finding locked(Event event) {
        String alias = event.text(Field.ALIAS);
        List<String> exceptions = event.texts(Field.EXCEPTION);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("alias", alias == null ? "not known" : alias));
        String type = event.text(Field.CLASS);
        evidence.add(new Evidence("key store type", type == null ? "not known" : type));
        evidence.add(new Evidence("key manager", keyManager(event)));
        exceptions.forEach(exception -> evidence.add(new Evidence("exception", exception)));
        List<String> frames = event.texts(Field.FRAME);
        frames.stream()
                .filter(Frames::isApplication)
                .findFirst()
                .ifPresent(frame -> evidence.add(new Evidence("asked for by", frame)));
        return new Finding(
                KEYSTORE_PASSWORD,
                Confidence.CERTAIN,
                "The key manager cannot open the key of alias " + alias + " with the password that it was given.",
                List.copyOf(evidence),
                List.of(
                        "Give KeyManagerFactory.init the key's own password (javax.net.ssl.keyStorePassword is used for both): the"
                                + " store opened, the key did not.",
                        "Make them equal: keytool -keypasswd -alias " + alias
                                + " -keystore STORE, or create a new PKCS12 store."));
    }

    /** The class of JSSE that opened the key: SunX509 does when it is created, PKIX when a handshake needs the key. */
    private static String keyManager(Event event) {
        return event.texts(Field.FRAME).stream()
                .map(Frames::className)
                .filter(name -> name.endsWith("KeyManagerImpl"))
                .findFirst()
                .orElse("not known");
    }

    private static void keep(Map<String, Event> events, String key, Event event) {
        if (events.size() < MOST) {
            events.putIfAbsent(key, event);
        }
    }

    private static String key(Event pair) {
        return pair.text(Field.CERTIFICATE_KEY_SHA256) + " " + pair.text(Field.PRIVATE_KEY_SHA256);
    }
}
