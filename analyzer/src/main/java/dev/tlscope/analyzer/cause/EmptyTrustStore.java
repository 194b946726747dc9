package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.TrustStore;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** empty-trust-store: the trust manager has no anchor. */
final class EmptyTrustStore implements Cause {
    static final CauseId EMPTY_TRUST_STORE = CauseId.of(
            "empty-trust-store",
            FixedBy.THIS_SIDE,
            "The trust store holds no certificate authority at all.",
            "the trust manager's number of anchors is 0",
            "Set the right file and its password: a missing file counts as empty, and so does a PKCS#12"
                    + " file whose certificates are encrypted or lack the trust attribute.",
            "RFC 5280, 6.1.1");

    @Override
    public List<CauseId> ids() {
        return List.of(EMPTY_TRUST_STORE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        boolean empty = handshake.raised()
                && handshake.anchorCount().orElse(-1) == 0
                && !handshake.certificates(false).isEmpty()
                && (handshake.raisedAboutCertificate() || UntrustedChain.hasNoPath(handshake) || saysSo(handshake));
        return empty ? Optional.of(finding(handshake)) : Optional.empty();
    }

    /**
     * True for the exception of java.security.cert.PKIXParameters, which is wrapped in one that is no
     * CertificateException.
     */
    private static boolean saysSo(Handshake handshake) {
        return FailureEvidence.said(handshake, "trustAnchors parameter must be non-empty");
    }

    private static Finding finding(Handshake handshake) {
        TrustStore store = TrustStore.of(handshake);
        String file = store.file().or(store::property).orElse(null);
        List<String> fix = new ArrayList<>();
        if (store.hasNoPassword()) {
            fix.add("Set -Djavax.net.ssl.trustStorePassword: without it JSSE opens the PKCS#12 file "
                    + store.property().orElseThrow()
                    + " and leaves out every certificate that is encrypted, although keytool lists it.");
        }
        if (file == null) {
            fix.add(
                    "Check which key store the application passes to TrustManagerFactory.init: one that it never"
                            + " loaded, or loaded from a file that is not there, is empty; and one that it loaded from a PKCS#12 file without the"
                            + " password (KeyStore.load(stream, null)) lacks every certificate that is encrypted there, as keytool makes them.");
        } else {
            fix.add("Check that " + file + " is there and is the right file: a missing file counts as empty.");
        }
        fix.add("List it: keytool -list -keystore " + store.keytoolName()
                + " must show trustedCertEntry. A PKCS#12 file that openssl made has certificates without the"
                + " trust attribute that Java requires: import them with keytool -importcert, or make it with"
                + " openssl pkcs12 -jdktrust anyExtendedKeyUsage.");
        return new Finding(
                EMPTY_TRUST_STORE,
                Confidence.CERTAIN,
                "This " + handshake.role() + "'s trust store" + (file == null ? "" : ", " + file + ",")
                        + " holds no certificate authority at all.",
                FailureEvidence.with(handshake, store.evidence().toArray(new Evidence[0])),
                fix);
    }
}
