package dev.tlscope.demo;

import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.pki.Pki;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.ServerSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A mistake in a TLS configuration that JSSE accepts until a handshake fails. Faults have the names of tlscope's
 * causes. If several certificate faults are on, the last one in this order takes effect.
 */
public enum Fault {
    KEY_MISMATCH("mismatched", "the server's certificate with another certificate's private key"),
    UNTRUSTED_CHAIN("untrusted", "a certificate of an authority that the client does not trust"),
    MISSING_INTERMEDIATE("incomplete", "the server's certificate without its issuer's"),
    CERTIFICATE_EXPIRED("expired", "a certificate that ended three days ago"),
    HOSTNAME_MISMATCH("other", "a certificate of another host"),

    CLIENT_CERTIFICATE_MISSING("server", "the server demands a client certificate, the client has none") {
        @Override
        void applyTo(Terms terms) {
            terms.clientAuth = ServerSide.ClientAuth.NEED;
            terms.clientHasCertificate = false;
        }
    },

    NO_COMMON_PROTOCOL("server", "the server speaks TLS 1.3 only, the client TLS 1.2 only") {
        @Override
        void applyTo(Terms terms) {
            terms.serverOffer = Offer.DEFAULT.narrowed(Offer.TLS_1_3, null);
            terms.clientOffer = Offer.DEFAULT.narrowed(Offer.TLS_1_2, null);
        }
    },

    PLAINTEXT_CLIENT("server", "the client sends its HTTP request without TLS") {
        @Override
        void applyTo(Terms terms) {
            terms.clientSpeaksTls = false;
        }
    };

    private final String serverIdentity;
    private final String summary;

    Fault(String serverIdentity, String summary) {
        this.serverIdentity = serverIdentity;
        this.summary = summary;
    }

    /** Returns the fault of this name; throws a UsageException when there is none. */
    static Fault named(String name) {
        List<String> names = new ArrayList<>();
        for (Fault fault : values()) {
            if (fault.toString().equals(name)) {
                return fault;
            }
            names.add(fault.toString());
        }
        throw UsageException.unknown("fault", name, names);
    }

    /** {@code none}, and the faults of the server's certificate, which affect any client. */
    public static String[] namesOfCertificateFaults() {
        List<String> names = new ArrayList<>();
        names.add("none");
        for (Fault fault : values()) {
            if (!fault.serverIdentity.equals("server")) {
                names.add(fault.toString());
            }
        }
        return names.toArray(new String[0]);
    }

    /** The name of the {@link Pki}'s identity that a server with this fault, or {@code none}, presents. */
    public static String serverIdentity(String name) {
        return name.equals("none") ? "server" : named(name).serverIdentity;
    }

    void applyTo(Terms terms) {
        terms.serverIdentity = serverIdentity;
    }

    /** A description in one line. */
    String summary() {
        return summary;
    }

    /** The name in lower case with hyphens, such as {@code key-mismatch}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
