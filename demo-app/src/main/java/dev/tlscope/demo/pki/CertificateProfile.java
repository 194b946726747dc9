package dev.tlscope.demo.pki;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * The contents of a certificate besides its key: the subject, the validity and the extensions that its role requires.
 */
final class CertificateProfile {
    /** Authorities are older and expire later than all certificates that they sign, expired ones included. */
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(800);

    private enum Role {
        AUTHORITY,
        SERVER,
        CLIENT
    }

    private final Role role;
    private final String commonName;
    private final List<GeneralName> names;
    /** Relative to now; negative values are in the past. */
    private final Duration validFrom;

    private final Duration validUntil;

    private CertificateProfile(
            Role role, String commonName, List<GeneralName> names, Duration validFrom, Duration validUntil) {
        this.role = role;
        this.commonName = commonName;
        this.names = names;
        this.validFrom = validFrom;
        this.validUntil = validUntil;
    }

    static CertificateProfile authority(String commonName) {
        return new CertificateProfile(
                Role.AUTHORITY, commonName, new ArrayList<>(), AUTHORITY_LIFE.negated(), AUTHORITY_LIFE);
    }

    /**
     * A server's certificate; the first name is also its common name. Names that consist of digits and dots are IP
     * addresses.
     */
    static CertificateProfile server(String... names) {
        List<GeneralName> alternatives = new ArrayList<>();
        for (String name : names) {
            boolean address = name.matches("[0-9.]+");
            alternatives.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return new CertificateProfile(Role.SERVER, names[0], alternatives, Duration.ofDays(-1), Duration.ofDays(30));
    }

    static CertificateProfile client(String commonName) {
        return new CertificateProfile(
                Role.CLIENT, commonName, new ArrayList<>(), Duration.ofDays(-1), Duration.ofDays(30));
    }

    /** The same certificate, issued more than a year ago and three days past its end. */
    CertificateProfile expired() {
        return new CertificateProfile(role, commonName, names, Duration.ofDays(-400), Duration.ofDays(-3));
    }

    X500Principal subject() {
        return new X500Principal("CN=" + commonName + ", O=tlscope demo");
    }

    Duration validFrom() {
        return validFrom;
    }

    Duration validUntil() {
        return validUntil;
    }

    List<Extension> extensions(PublicKey key) throws IOException {
        List<Extension> extensions = new ArrayList<>();
        if (role == Role.AUTHORITY) {
            extensions.add(extension(Extension.basicConstraints, true, new BasicConstraints(true)));
            extensions.add(extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
            return extensions;
        }
        // TLS_RSA_* suites require keyEncipherment of a server's RSA key (RFC 5246, 7.4.2).
        boolean encipher = role == Role.SERVER && key.getAlgorithm().equals("RSA");
        extensions.add(extension(
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.digitalSignature | (encipher ? KeyUsage.keyEncipherment : 0))));
        KeyPurposeId purpose = role == Role.SERVER ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth;
        extensions.add(extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)));
        // Certificates of public authorities say where to find the issuer's certificate. JSSE does not fetch it unless
        // it is configured to.
        extensions.add(extension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(
                        AccessDescription.id_ad_caIssuers,
                        new GeneralName(
                                GeneralName.uniformResourceIdentifier, "http://pki.demo.internal/issuing.crt"))));
        if (!names.isEmpty()) {
            GeneralNames alternatives = new GeneralNames(names.toArray(new GeneralName[0]));
            extensions.add(extension(Extension.subjectAlternativeName, false, alternatives));
        }
        return extensions;
    }

    private static Extension extension(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value)
            throws IOException {
        return new Extension(type, critical, value.toASN1Primitive().getEncoded());
    }
}
