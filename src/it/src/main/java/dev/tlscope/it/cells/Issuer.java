package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority of the cells. */
final class Issuer {
    private final KeyPair keys;
    private final X509Certificate certificate;
    /** The certificates from this issuer up to the one below the root. */
    private final List<X509Certificate> chain;

    private Issuer(KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {
        this.keys = keys;
        this.certificate = certificate;
        this.chain = chain;
    }

    /** A self-signed issuer; the algorithm is that of its key, RSA or EC. */
    static Issuer root(String name, String algorithm) throws GeneralSecurityException, IOException {
        KeyPair keys = newKeys(algorithm);
        X500Principal subject = new X500Principal(name);
        Leaf profile = authority(new Leaf(subject, keys, null, subject, Collections.emptyList()));
        return new Issuer(keys, profile.key(keys).certificate(), Collections.emptyList());
    }

    /** An issuer below this one. */
    Issuer below(String name) throws GeneralSecurityException, IOException {
        KeyPair holder = newKeys("EC");
        X509Certificate signed = authority(leaf(name)).key(holder).certificate();
        List<X509Certificate> longer = new ArrayList<>();
        longer.add(signed);
        longer.addAll(chain);
        return new Issuer(holder, signed, longer);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A certificate for a subject, to be completed and issued. */
    Leaf leaf(String name) {
        return new Leaf(new X500Principal(name), keys, certificate, certificate.getSubjectX500Principal(), chain);
    }

    /** A CRL that lists this certificate. */
    X509CRL revoking(X509Certificate revoked) throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(
                certificate.getSubjectX500Principal(), Date.from(now.minus(Duration.ofDays(1))));
        list.setNextUpdate(Date.from(now.plus(Duration.ofDays(7))));
        list.addCRLEntry(revoked.getSerialNumber(), Date.from(now.minus(Duration.ofDays(1))), CRLReason.keyCompromise);
        list.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keys.getPublic()));
        try {
            byte[] encoded = list.build(new JcaContentSignerBuilder("SHA256with" + (isEc() ? "ECDSA" : "RSA"))
                            .build(keys.getPrivate()))
                    .getEncoded();
            return (X509CRL)
                    CertificateFactory.getInstance("X.509").generateCRL(new java.io.ByteArrayInputStream(encoded));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static KeyPair newKeys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private boolean isEc() {
        return keys.getPublic().getAlgorithm().equals("EC");
    }

    private static Leaf authority(Leaf leaf) throws IOException {
        return leaf.days(-800, 800)
                .with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }
}
