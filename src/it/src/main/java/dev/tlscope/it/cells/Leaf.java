package dev.tlscope.it.cells;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Builds a certificate: the contents that an issuer signs. */
final class Leaf {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Principal subject;
    private final KeyPair signer;
    private final @Nullable X509Certificate issuer;
    private final X500Principal issuerName;
    private final List<X509Certificate> issuers;
    private final List<Extension> extensions = new ArrayList<>();
    private final List<AccessDescription> access = new ArrayList<>();
    private @Nullable KeyPair holder;
    private long fromDays = -1;
    private long untilDays = 30;
    private @Nullable String signature;

    Leaf(
            X500Principal subject,
            KeyPair signer,
            @Nullable X509Certificate issuer,
            X500Principal issuerName,
            List<X509Certificate> issuers) {
        this.subject = subject;
        this.signer = signer;
        this.issuer = issuer;
        this.issuerName = issuerName;
        this.issuers = issuers;
    }

    Leaf key(KeyPair keys) {
        holder = keys;
        return this;
    }

    /** Sets the validity in days from now; negative values are in the past. */
    Leaf days(long from, long until) {
        fromDays = from;
        untilDays = until;
        return this;
    }

    /** Sets JCA's name of the signature algorithm, if it is not SHA-256 with the issuer's key. */
    Leaf signedWith(String algorithm) {
        signature = algorithm;
        return this;
    }

    Leaf usage(KeyPurposeId... purposes) throws IOException {
        return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    /** Sets DNS names. */
    Leaf names(String... names) throws IOException {
        GeneralName[] all = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            all[i] = new GeneralName(GeneralName.dNSName, names[i]);
        }
        return with(Extension.subjectAlternativeName, false, new GeneralNames(all));
    }

    /** Adds the location of the issuer's certificate, as public authorities do. */
    Leaf namingItsIssuersPlace() {
        return access(AccessDescription.id_ad_caIssuers, "http://pki.cells.test/issuing.crt");
    }

    /** Adds the address of an OCSP responder. */
    Leaf toldRevokedBy(String responder) {
        return access(AccessDescription.id_ad_ocsp, responder);
    }

    private Leaf access(ASN1ObjectIdentifier method, String uri) {
        access.add(new AccessDescription(method, new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        return this;
    }

    Leaf with(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) throws IOException {
        extensions.add(new Extension(type, critical, value.toASN1Primitive().getEncoded()));
        return this;
    }

    /** Issues the certificate; returns it with its key and the chain to send. */
    Credential issued() throws GeneralSecurityException, IOException {
        if (holder == null) {
            holder = Issuer.newKeys("EC");
        }
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(certificate());
        chain.addAll(issuers);
        return new Credential(holder.getPrivate(), chain.toArray(new X509Certificate[0]));
    }

    X509Certificate certificate() throws GeneralSecurityException, IOException {
        KeyPair keys = holder;
        if (keys == null) {
            throw new IllegalStateException("a key first");
        }
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuerName,
                new BigInteger(120, RANDOM).setBit(120),
                Date.from(now.plus(Duration.ofDays(fromDays))),
                Date.from(now.plus(Duration.ofDays(untilDays))),
                subject,
                keys.getPublic());
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        if (issuer != null) {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(signer.getPublic()));
        }
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
        if (!access.isEmpty()) {
            builder.addExtension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(access.toArray(new AccessDescription[0])));
        }
        for (Extension extension : extensions) {
            builder.addExtension(extension);
        }
        String algorithm = signature != null
                ? signature
                : "SHA256with" + (signer.getPrivate().getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign for " + subject, e);
        }
    }
}
