package dev.tlscope.analyzer.check;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates and files of them, made by BouncyCastle and by the JDK. */
public final class TestPki {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private TestPki() {}

    /** A certificate, the key that it is about, and the key that it should have. */
    public record Certified(X509Certificate certificate, KeyPair keys) {}

    /** What a certificate says. */
    public record Form(
            String subject,
            boolean authority,
            String host,
            Instant from,
            Instant until,
            String signature,
            List<KeyPurposeId> usages) {
        public static Form authority(String subject) {
            return new Form(subject, true, "", ago(10), in(3000), "", List.of());
        }

        public static Form server(String host) {
            return new Form("CN=" + host, false, host, ago(10), in(300), "", List.of());
        }

        public Form dated(Instant first, Instant last) {
            return new Form(subject, authority, host, first, last, signature, usages);
        }

        public Form signedWith(String algorithm) {
            return new Form(subject, authority, host, from, until, algorithm, usages);
        }

        public Form withoutName() {
            return new Form(subject, authority, "", from, until, signature, usages);
        }

        public Form forUse(KeyPurposeId... purposes) {
            return new Form(subject, authority, host, from, until, signature, List.of(purposes));
        }
    }

    public static Instant ago(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }

    public static Instant in(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }

    public static KeyPair keys(String algorithm, int size) throws GeneralSecurityException {
        // the JDK's own key, written in the form of SEC 1, does not name its curve
        KeyPairGenerator generator = algorithm.equals("EC")
                ? KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider())
                : KeyPairGenerator.getInstance(algorithm);
        if (size > 0) {
            generator.initialize(size);
        }
        return generator.generateKeyPair();
    }

    /** An identity whose certificate that issuer signs; null for itself. */
    public static Certified issue(Form form, KeyPair keys, Certified issuer)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        PrivateKey signing = issuer == null ? keys.getPrivate() : issuer.keys().getPrivate();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer == null
                        ? new X500Principal(form.subject())
                        : issuer.certificate().getSubjectX500Principal(),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(form.from()),
                Date.from(form.until()),
                new X500Principal(form.subject()),
                keys.getPublic());
        if (form.authority()) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (!form.host().isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, form.host())));
        }
        if (!form.usages().isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(form.usages().toArray(new KeyPurposeId[0])));
        }
        String algorithm = !form.signature().isEmpty()
                ? form.signature()
                : signing.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        return new Certified(
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signing))),
                keys);
    }

    /** PEM of certificates and keys; a key in the form of PKCS #1 or SEC 1. */
    public static String pem(Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }

    public static Path save(KeyStore store, Path file, String password) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    public static KeyStore store(String type) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return store;
    }
}
