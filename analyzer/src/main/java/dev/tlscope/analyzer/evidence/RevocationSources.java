package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.wire.Der;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The revocation sources named in a certificate: URIs of OCSP responders (RFC 5280, 4.2.2.1) and of CRLs (4.2.1.13).
 */
public final class RevocationSources {
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";

    /** The content of id-ad-ocsp, 1.3.6.1.5.5.7.48.1. */
    private static final ByteBuffer OCSP = ByteBuffer.wrap(new byte[] {0x2b, 6, 1, 5, 5, 7, 0x30, 1});

    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int CONSTRUCTED = 0x20;
    /** uniformResourceIdentifier of a GeneralName: [6] IMPLICIT IA5String. */
    private static final int URI = 0x86;

    /** Real extensions are not nested more deeply. */
    private static final int DEEPEST = 8;

    private final List<String> found = new ArrayList<>();

    private RevocationSources() {}

    /** In the certificate's order, responders first. Malformed parts are left out. */
    public static List<String> of(X509Certificate certificate) {
        RevocationSources sources = new RevocationSources();
        sources.add(certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS), false);
        sources.add(certificate.getExtensionValue(CRL_DISTRIBUTION_POINTS), true);
        return sources.found;
    }

    private void add(byte @Nullable [] extension, boolean any) {
        if (extension != null) {
            add(ByteBuffer.wrap(extension), any, 0);
        }
    }

    /**
     * Adds the URIs of some elements.
     *
     * @param any whether to add URIs without a preceding object identifier that states their purpose
     */
    private void add(ByteBuffer der, boolean any, int depth) {
        boolean wanted = any;
        while (der.remaining() >= 2 && depth < DEEPEST) {
            int tag = der.get() & 0xff;
            int length = Der.length(der);
            if (length < 0 || length > der.remaining()) {
                return;
            }
            ByteBuffer content = der.slice(der.position(), length);
            der.position(der.position() + length);
            if (tag == OBJECT_IDENTIFIER) {
                wanted = any || content.equals(OCSP);
            } else if (tag == URI && wanted) {
                found.add(StandardCharsets.US_ASCII.decode(content).toString());
            } else if (tag == OCTET_STRING || (tag & CONSTRUCTED) != 0) {
                add(content, any, depth + 1);
            }
        }
    }
}
