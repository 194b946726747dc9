package dev.tlscope.agent.outcome;

import dev.tlscope.agent.record.ReferencedEvents;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The names of the authorities that a side trusts, of the trust manager in force at a failure. Those of the last manager are kept:
 * failures come in rows. Used by the writer's thread alone.
 */
final class TrustAnchors {
    private final ReferencedEvents numbered;
    private long manager;
    private long count = -1;
    private @Nullable Set<X500Principal> names;

    TrustAnchors(ReferencedEvents numbered) {
        this.numbered = numbered;
    }

    /** Reads those of the configuration that a FAILURE event refers to. */
    void read(Event failure) {
        Event configuration = numbered.event(failure.number(Field.CONFIGURATION, 0));
        long number = configuration == null ? 0 : configuration.number(Field.TRUST_MANAGER_NUMBER, 0);
        if (number != 0 && number == manager) {
            return;
        }
        manager = number;
        count = -1;
        names = null;
        Event contents = number == 0 ? null : numbered.event(number);
        if (contents != null) {
            count = contents.number(Field.ANCHOR_COUNT, -1);
            List<byte[]> encoded = contents.byteStrings(Field.CERTIFICATE);
            names = encoded.size() == count ? subjects(encoded) : null;
        }
    }

    /** How many there are; -1 when they cannot be seen. */
    long count() {
        return count;
    }

    /** True when all of them are known, and none has a name that issued one of these certificates or is one's own. */
    boolean haveNone(List<X509Certificate> chain) {
        Set<X500Principal> known = names;
        if (known == null) {
            return false;
        }
        for (X509Certificate certificate : chain) {
            if (known.contains(certificate.getIssuerX500Principal())
                    || known.contains(certificate.getSubjectX500Principal())) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Set<X500Principal> subjects(List<byte[]> encoded) {
        try {
            Set<X500Principal> subjects = new HashSet<>();
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] certificate : encoded) {
                subjects.add(((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate)))
                        .getSubjectX500Principal());
            }
            return subjects;
        } catch (CertificateException | RuntimeException e) {
            return null;
        }
    }
}
