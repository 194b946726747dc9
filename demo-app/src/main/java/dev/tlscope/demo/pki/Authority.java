package dev.tlscope.demo.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certification authority in memory. Bouncy Castle builds the structures; the JDK's own providers compute the
 * signatures.
 */
final class Authority {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Principal name;
    private final KeyPair keys;
    /** The certificates from this authority up to the one below the root, which follow the end entity's in its chain. */
    private final List<X509Certificate> chain;

    private final X509Certificate certificate;

    private Authority(X500Principal name, KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {
        this.name = name;
        this.keys = keys;
        this.certificate = certificate;
        this.chain = chain;
    }

    /** A self-signed authority. */
    static Authority root(CertificateProfile profile) throws GeneralSecurityException, IOException {
        KeyPair keys = newKeys("RSA");
        X509Certificate certificate = sign(profile, profile.subject(), keys, keys.getPublic());
        return new Authority(profile.subject(), keys, certificate, Collections.emptyList());
    }

    /** An authority below this one. */
    Authority intermediate(CertificateProfile profile) throws GeneralSecurityException, IOException {
        KeyPair holder = newKeys("RSA");
        X509Certificate signed = sign(profile, name, keys, holder.getPublic());
        return new Authority(profile.subject(), holder, signed, withIssuers(signed));
    }

    /** An end entity's certificate for this key, with its chain. */
    Identity issue(CertificateProfile profile, String alias, KeyPair holder)
            throws GeneralSecurityException, IOException {
        X509Certificate signed = sign(profile, name, keys, holder.getPublic());
        return new Identity(alias, holder.getPrivate(), withIssuers(signed));
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** {@code RSA}, 2048 bits, or {@code EC}, P-256. */
    static KeyPair newKeys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private List<X509Certificate> withIssuers(X509Certificate signed) {
        List<X509Certificate> longer = new ArrayList<>();
        longer.add(signed);
        longer.addAll(chain);
        return longer;
    }

    private static X509Certificate sign(
            CertificateProfile profile, X500Principal issuer, KeyPair signer, PublicKey holder)
            throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM).setBit(120), // positive and of one length; RFC 5280, 4.1.2.2
                Date.from(now.plus(profile.validFrom())),
                Date.from(now.plus(profile.validUntil())),
                profile.subject(),
                holder);
        // Key identifiers allow a reader of the capture to see which issuer is missing (RFC 5280, 4.2.1.1 and 4.2.1.2).
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(signer.getPublic()));
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(holder));
        for (Extension extension : profile.extensions(holder)) {
            builder.addExtension(extension);
        }
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign with " + issuer, e);
        }
    }
}
