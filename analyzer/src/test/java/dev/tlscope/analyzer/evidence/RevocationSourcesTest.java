package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** Extensions that Bouncy Castle wrote. */
class RevocationSourcesTest {
    private static final ASN1ObjectIdentifier AIA = Extension.authorityInfoAccess;
    private static final ASN1ObjectIdentifier LISTS = Extension.cRLDistributionPoints;

    @Test
    void respondersAndListsAreFoundAndTheIssuersPlaceIsNone() throws Exception {
        AuthorityInformationAccess access = new AuthorityInformationAccess(new AccessDescription[] {
            new AccessDescription(AccessDescription.id_ad_caIssuers, uri("http://issuer.test/ca.crt")),
            new AccessDescription(AccessDescription.id_ad_ocsp, uri("http://ocsp.test/")),
        });
        String longest = "http://lists.test/" + "a".repeat(300) + ".crl";
        CRLDistPoint lists = new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(names(uri("http://lists.test/a.crl"), uri(longest)), null, null),
            new DistributionPoint(names(uri("ldap://lists.test/b")), null, new GeneralNames(uri("http://other.test/"))),
        });

        List<String> found = RevocationSources.of(certificate(AIA, access, LISTS, lists));

        assertThat(found)
                .startsWith("http://ocsp.test/", "http://lists.test/a.crl", longest, "ldap://lists.test/b")
                .doesNotContain("http://issuer.test/ca.crt");
    }

    @Test
    void aCertificateThatNamesNoneHasNone() throws Exception {
        assertThat(RevocationSources.of(certificate())).isEmpty();
    }

    @Test
    void anExtensionOfAnyBytesIsReadToItsEnd() throws Exception {
        Random random = new Random(28);
        byte[] nested = new byte[4000];
        for (int i = 0; i < nested.length; i += 4) {
            int left = nested.length - i - 4;
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x82;
            nested[i + 2] = (byte) (left >> 8);
            nested[i + 3] = (byte) left;
        }
        List<byte[]> all =
                new ArrayList<>(List.of(new byte[0], new byte[] {0x30}, new byte[] {0x30, (byte) 0x82}, nested));
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            all.add(bytes);
        }
        for (byte[] bytes : all) {
            X509Certificate certificate = certificate(LISTS, bytes);
            assertThat(RevocationSources.of(certificate)).hasSizeLessThan(30);
        }
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    private static DistributionPointName names(GeneralName... names) {
        return new DistributionPointName(new GeneralNames(names));
    }

    /** A certificate with these extensions: each an identifier, and a value or its bytes. */
    private static X509Certificate certificate(Object... extensions) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        X500Principal name = new X500Principal("CN=revocation sources");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, BigInteger.ONE, Date.from(now), Date.from(now.plusSeconds(60)), name, keys.getPublic());
        for (int i = 0; i < extensions.length; i += 2) {
            ASN1ObjectIdentifier type = (ASN1ObjectIdentifier) extensions[i];
            if (extensions[i + 1] instanceof byte[] bytes) {
                builder.addExtension(new Extension(type, false, new DEROctetString(bytes)));
            } else {
                builder.addExtension(type, false, (ASN1Encodable) extensions[i + 1]);
            }
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
