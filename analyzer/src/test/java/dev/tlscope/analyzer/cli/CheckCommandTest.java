package dev.tlscope.analyzer.cli;

import static dev.tlscope.analyzer.check.TestPki.ago;
import static dev.tlscope.analyzer.check.TestPki.in;
import static dev.tlscope.analyzer.check.TestPki.issue;
import static dev.tlscope.analyzer.check.TestPki.keys;
import static dev.tlscope.analyzer.check.TestPki.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.check.TestPki;
import dev.tlscope.analyzer.check.TestPki.Certified;
import dev.tlscope.analyzer.check.TestPki.Form;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Stores with one fault each, and sound ones in all forms, which files of BouncyCastle and of the JDK are. */
class CheckCommandTest {
    private static Certified root;
    private static Certified between;
    private static Certified rsa;
    private static Certified elliptic;

    @TempDir
    private Path directory;

    private Path trust;

    private record Ran(int code, String out, String err) {}

    @BeforeAll
    static void makePki() throws Exception {
        root = issue(Form.authority("CN=Root of the test"), keys("RSA", 2048), null);
        between = issue(Form.authority("CN=Between"), keys("EC", 256), root);
        rsa = issue(Form.server("www.example.org"), keys("RSA", 2048), between);
        elliptic = issue(Form.server("www.example.org"), keys("EC", 384), between);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
    void aSoundKeyStoreHasNoFault(String type) throws Exception {
        for (Certified identity : List.of(rsa, elliptic)) {
            KeyStore store = TestPki.store(type);
            store.setKeyEntry("web", identity.keys().getPrivate(), "pass-1".toCharArray(), chain(identity));
            TestPki.save(store, directory.resolve("web.store"), "pass-1");

            Ran ran = check("web.store", "--password-file", password("pass-1"), "--name", "www.example.org");

            assertThat(ran.err).isEmpty();
            assertThat(ran.out)
                    .contains("web.store  " + type + ", 1 entry, opened with a given password")
                    .contains("web: private key, CN=www.example.org")
                    .endsWith("2 files: 0 errors, 0 warnings\n");
            assertThat(ran.code).isZero();
        }
    }

    @Test
    void soundPemHasNoFaultInAnyForm() throws Exception {
        String encrypted = pem(new JcaPKCS8Generator(
                elliptic.keys().getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword("pass-2".toCharArray())
                        .setRandom(new SecureRandom())
                        .build()));
        String plain = pem(new JcaPKCS8Generator(rsa.keys().getPrivate(), null));
        assertThat(encrypted).contains("BEGIN ENCRYPTED PRIVATE KEY");
        assertThat(plain).contains("BEGIN PRIVATE KEY");
        write("pkcs1.pem", pem(rsa.keys().getPrivate(), rsa.certificate(), between.certificate()));
        write(
                "sec1.pem",
                pem(
                        elliptic.certificate(),
                        between.certificate(),
                        elliptic.keys().getPrivate()));
        write("pkcs8.pem", plain + pem(rsa.certificate(), between.certificate()));
        write("apart.key", encrypted);
        write("apart.crt", "a line that openssl writes\n" + pem(elliptic.certificate(), between.certificate()));
        write("secret.yaml", secret(rsa, rsa.keys(), false));
        write("secret.json", secret(elliptic, elliptic.keys(), true));

        Ran ran = check(
                "pkcs1.pem",
                "sec1.pem",
                "pkcs8.pem",
                "apart.key",
                "apart.crt",
                "secret.yaml",
                "secret.json",
                "--password-file",
                password("other", "pass-2"));

        assertThat(ran.err).isEmpty();
        assertThat(ran.out)
                .doesNotContain("not checked", "PRIVATE KEY")
                .contains("secret.yaml  Kubernetes secret, 2 entries")
                .contains("The key belongs to CN=www.example.org, in ")
                .endsWith("8 files: 0 errors, 0 warnings\n");
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsAnErrorWhateverItsKind() throws Exception {
        KeyPair sameKind = keys("RSA", 2048);
        KeyPair sameCurve = keys("EC", 384);
        KeyPair otherCurve = keys("EC", 256);
        KeyPair edwards = keys("Ed25519", 0);
        List<String> names = new ArrayList<>();
        for (KeyPair wrong : List.of(sameKind, elliptic.keys())) {
            names.add(write(
                    "rsa" + names.size() + ".pem", pem(wrong.getPrivate(), rsa.certificate(), between.certificate())));
        }
        for (KeyPair wrong : List.of(sameCurve, otherCurve, rsa.keys())) {
            names.add(write(
                    "ec" + names.size() + ".pem",
                    pem(wrong.getPrivate(), elliptic.certificate(), between.certificate())));
        }
        names.add(write(
                "ed.pem",
                pem(new JcaPKCS8Generator(edwards.getPrivate(), null))
                        + pem(rsa.certificate(), between.certificate())));

        for (String name : names) {
            assertThat(check(name).out)
                    .contains("is not the certificate's (CN=www.example.org")
                    .contains(": 1 error, ");
        }
        write("tls.key", pem(sameKind.getPrivate()));
        write("tls.crt", pem(rsa.certificate(), between.certificate()));
        write("secret.yaml", secret(rsa, sameKind, false));
        assertThat(check("tls.key", "tls.crt", "secret.yaml").out)
                .contains("is not that of the certificate beside it, in ")
                .contains("beside it, web/tls.crt in ")
                .contains("4 files: 2 errors, ");
        assertThat(check("tls.key").out).contains("No certificate among the files that were named belongs to this key");
    }

    @Test
    void aChainIsWholeAndInOrder() throws Exception {
        write("short.pem", pem(rsa.keys().getPrivate(), rsa.certificate()));
        write("between.pem", pem(between.certificate()));
        assertThat(check("short.pem").out)
                .contains("warning")
                .contains("The chain ends with a certificate of CN=Between, which is neither in it");
        assertThat(check("short.pem", "between.pem").out)
                .contains("error    The chain lacks the intermediate certificate of CN=Between.")
                .contains("Put it at the end of the chain; it is in ");
        write(
                "shuffled.pem",
                pem(rsa.keys().getPrivate(), rsa.certificate(), root.certificate(), between.certificate()));
        assertThat(check("shuffled.pem").out)
                .contains("its issuer is at another place of the chain")
                .contains("CN=www.example.org < CN=Between < CN=Root of the test");
        write("gap.pem", pem(rsa.keys().getPrivate(), rsa.certificate(), root.certificate()));
        assertThat(check("gap.pem").out).contains("its issuer CN=Between is not in the chain");
        write("turned.pem", pem(rsa.keys().getPrivate(), between.certificate(), rsa.certificate()));
        assertThat(check("turned.pem").out).contains("which is not the first certificate of the chain");
    }

    @Test
    void datesCountForEachCertificateOfAChain() throws Exception {
        Certified old = issue(Form.authority("CN=Old").dated(ago(400), ago(2)), keys("RSA", 2048), root);
        Certified early = issue(Form.server("early").dated(in(2), in(90)), keys("RSA", 2048), root);
        Certified soon = issue(Form.server("soon").dated(ago(2), in(20)), keys("RSA", 2048), old);
        write("soon.pem", pem(soon.keys().getPrivate(), soon.certificate(), old.certificate()));
        write("early.pem", pem(early.keys().getPrivate(), early.certificate()));

        assertThat(check("soon.pem", "early.pem").out)
                .contains("error    CN=Old expired on ")
                .contains("warning  CN=soon expires on ")
                .contains("error    CN=early is not valid before ")
                .contains("3 files: 2 errors, 1 warning");
        assertThat(check("early.pem", "soon.pem", "--within", "10").out).doesNotContain("CN=soon expires on");
        assertThat(check("soon.pem", "--within", "a while").err)
                .contains("--within: a while is no number of days; such as 30d");
    }

    @Test
    void namesAndUsagesAreThoseOfTheFirstCertificate() throws Exception {
        Certified code =
                issue(Form.server("www.example.org").forUse(KeyPurposeId.id_kp_codeSigning), keys("RSA", 2048), root);
        Certified unnamed = issue(Form.server("www.example.org").withoutName(), keys("RSA", 2048), root);
        write("code.pem", pem(code.keys().getPrivate(), code.certificate()));
        write("unnamed.pem", pem(unnamed.keys().getPrivate(), unnamed.certificate()));

        assertThat(check("code.pem", "--name", "api.example.org").out)
                .contains("neither serverAuth nor clientAuth")
                .contains("The certificate is not valid for api.example.org, but for www.example.org.");
        assertThat(check("unnamed.pem").out).contains("warning  The certificate has no subjectAltName");
    }

    @Test
    void aCertificateIsComparedWithTheNameWhereverItsKeyIs() throws Exception {
        write("own.crt", pem(rsa.certificate()));
        write("own.key", pem(rsa.keys().getPrivate()));
        write("between.pem", pem(between.certificate()));
        write("secret.yaml", secret(elliptic, elliptic.keys(), false));

        for (List<String> files : List.of(List.of("own.crt", "own.key"), List.of("own.crt"), List.of("secret.yaml"))) {
            List<String> arguments = new ArrayList<>(files);
            arguments.addAll(List.of("between.pem", "--name", "api.example.org"));
            assertThat(check(arguments.toArray(new String[0])).out)
                    .contains("The certificate is not valid for api.example.org, but for www.example.org.");
        }
        assertThat(check("own.crt", "own.key", "between.pem").out)
                .contains("The chain lacks the intermediate certificate of CN=Between.");
        Ran none = check("between.pem", "--name", "api.example.org");
        assertThat(none.err).contains("no certificate was compared with --name");
        assertThat(none.code).isEqualTo(1);
    }

    @Test
    void bcfksIsReadWhereItsProviderIs() throws Exception {
        BouncyCastleProvider provider = new BouncyCastleProvider();
        KeyStore store = KeyStore.getInstance("BCFKS", provider);
        store.load(null, null);
        store.setKeyEntry("web", elliptic.keys().getPrivate(), "pass-1".toCharArray(), chain(rsa));
        TestPki.save(store, directory.resolve("web.bcfks"), "pass-1");

        assertThat(check("web.bcfks").err)
                .contains("no provider of this JVM reads that; run java -cp tlscope.jar:bcprov.jar");
        Security.addProvider(provider);
        try {
            assertThat(check("web.bcfks").err).contains("as BCFKS no password fits; give it with --password-file");
            assertThat(check("web.bcfks", "--password-file", password("pass-1")).out)
                    .contains("web.bcfks  BCFKS, 1 entry, opened with a given password")
                    .contains("The private key (EC) is not the certificate's (CN=www.example.org");
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    @Test
    void thePolicyOfAnotherJdkIsReadFromItsFile() throws Exception {
        Certified weak = issue(Form.server("weak").signedWith("SHA1withRSA"), keys("RSA", 1024), root);
        write("weak.pem", pem(weak.keys().getPrivate(), weak.certificate()));
        Path security = Files.createDirectories(directory.resolve("jre/lib/security"));
        Files.writeString(
                security.resolve("java.security"),
                "jdk.certpath.disabledAlgorithms=MD2, \\\n    SHA1 jdkCA & usage TLSServer\njdk.tls.disabledAlgorithms=RSA keySize < 2048\n");

        assertThat(check("weak.pem", "--jdk", directory.toString()).out)
                .contains("error    CN=weak has a key of RSA with 1024 bits, which " + directory
                        + " forbids: RSA keySize < 2048 in jdk.tls.disabledAlgorithms.")
                .contains(
                        "warning  CN=weak has a signature of SHA1withRSA, which " + directory
                                + " forbids under a condition: SHA1 jdkCA & usage TLSServer in jdk.certpath.disabledAlgorithms.");
        assertThat(check("weak.pem", "--jdk", directory.resolve("jre/lib").toString()).err)
                .contains("is no JDK or JRE");
    }

    @Test
    void aKeyOpensWithThePasswordOfItsStore() throws Exception {
        KeyStore store = TestPki.store("JKS");
        store.setKeyEntry("web", rsa.keys().getPrivate(), "key-pass".toCharArray(), chain(rsa));
        store.setKeyEntry("old", keys("RSA", 2048).getPrivate(), "changeit".toCharArray(), chain(rsa));
        TestPki.save(store, directory.resolve("web.jks"), "changeit");

        String out = check("web.jks").out;
        assertThat(out)
                .contains("The key has another password than the store")
                .contains("keytool -keypasswd -alias web -keystore ")
                .contains("The private key (RSA) is not the certificate's")
                .contains("The same certificate is also alias ");
        TestPki.save(store, directory.resolve("hidden.jks"), "unknown");
        assertThat(check("hidden.jks").out)
                .contains("opened without its password, so unchecked")
                .contains(
                        "The private key was not checked: the store's password is not known; give it with --password-file");
    }

    @Test
    void twoKeysForOneNameAreAWarning() throws Exception {
        Certified renewed = issue(Form.server("www.example.org"), keys("RSA", 2048), between);
        KeyStore store = TestPki.store("PKCS12");
        store.setKeyEntry("one", rsa.keys().getPrivate(), "changeit".toCharArray(), chain(rsa));
        store.setKeyEntry("two", renewed.keys().getPrivate(), "changeit".toCharArray(), chain(renewed));
        store.setKeyEntry("ec", elliptic.keys().getPrivate(), "changeit".toCharArray(), chain(elliptic));
        TestPki.save(store, directory.resolve("web.p12"), "changeit");

        assertThat(check("web.p12").out)
                .contains("Another key of the same kind is for the same name: alias two.")
                .contains("2 files: 0 errors, 2 warnings");
    }

    @Test
    void aTrustStoreLacksWhatThePeersChainLeadsTo() throws Exception {
        Certified other = issue(Form.authority("CN=Root of the test"), keys("RSA", 2048), null);
        KeyStore store = TestPki.store("PKCS12");
        store.setCertificateEntry("same-name", other.certificate());
        TestPki.save(store, directory.resolve("other.p12"), "changeit");
        TestPki.save(TestPki.store("PKCS12"), directory.resolve("empty.p12"), "changeit");
        String whole = directory
                .resolve(write("chain.pem", pem(rsa.certificate(), between.certificate())))
                .toString();
        String leaf =
                directory.resolve(write("leaf.pem", pem(rsa.certificate()))).toString();

        assertThat(check("--chain", whole).code).isZero();
        assertThat(check("--chain", leaf).out)
                .contains("The store lacks CN=Between, which the chain of CN=www.example.org");
        assertThat(check("other.p12", "--chain", whole).out)
                .contains("The store has another authority of the name CN=Root of the test, whose key did not sign");
        assertThat(check("empty.p12").out).contains("The store has no entry: as a trust store it trusts nobody");
    }

    @Test
    void aDirectoryIsReadRecursivelyAndOtherFilesAreLeftOut() throws Exception {
        Files.createDirectories(directory.resolve("deep/er"));
        write("deep/er/tls.crt", pem(rsa.certificate(), between.certificate()));
        write("deep/tls.key", pem(rsa.keys().getPrivate()));
        write("deep/readme.txt", "no store");

        assertThat(check("deep").out).contains("3 files: 0 errors, 0 warnings").contains("The key belongs to");
    }

    @Test
    void whatIsNoStoreIsOneLine() throws Exception {
        write("hello.txt", "hello");
        write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.write(
                directory.resolve("cut.jks"),
                new byte[] {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed, 0, 0, 0, 2, 0, 0});
        Files.write(directory.resolve("cut.p12"), new byte[] {0x30, (byte) 0x82, 1, 1, 2, 1});
        for (String name : List.of("hello.txt", "broken.pem", "cut.jks", "cut.p12", "missing.pem")) {
            Ran ran = check(name);
            assertThat(ran.err.lines()).as(name).hasSize(1);
            assertThat(ran.err).startsWith("tlscope: ").contains("; ").doesNotContain("Exception", "null");
            assertThat(ran.code).isEqualTo(1);
        }
    }

    @Test
    void jsonHasTheSameFaultsAndNoKey() throws Exception {
        write("wrong.pem", pem(elliptic.keys().getPrivate(), rsa.certificate(), between.certificate()));

        Ran ran = check("wrong.pem", "--format", "json");

        assertThat(ran.out)
                .startsWith("[")
                .contains("\"id\" : \"key-mismatch\"", "\"severity\" : \"error\"", "\"subject\" : \"CN=Between\"")
                .doesNotContain(Base64.getEncoder()
                        .encodeToString(elliptic.keys().getPrivate().getEncoded())
                        .substring(0, 40));
    }

    private Ran check(String... arguments) throws Exception {
        if (trust == null) {
            KeyStore store = TestPki.store("PKCS12");
            store.setCertificateEntry("root", root.certificate());
            trust = TestPki.save(store, directory.resolve("trust.p12"), "changeit");
        }
        List<String> all = new ArrayList<>();
        for (String argument : arguments) {
            boolean file = !argument.startsWith("-") && Files.exists(directory.resolve(argument));
            all.add(
                    file || argument.startsWith("missing")
                            ? directory.resolve(argument).toString()
                            : argument);
        }
        all.add(trust.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(new String[0]));
        return new Ran(code, out.toString(), err.toString());
    }

    private String write(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
        return name;
    }

    private String password(String... lines) throws Exception {
        return Files.write(directory.resolve("passwords"), List.of(lines)).toString();
    }

    private static Certificate[] chain(Certified identity) {
        return new Certificate[] {identity.certificate(), between.certificate()};
    }

    private static String secret(Certified identity, KeyPair keys, boolean json) throws Exception {
        String certificates = base64(pem(identity.certificate(), between.certificate()));
        String key = base64(pem(keys.getPrivate()));
        return json
                ? "{\"kind\": \"Secret\", \"metadata\": {\"name\": \"web\"}, \"data\": {\"tls.crt\": \"" + certificates
                        + "\", \"tls.key\": \"" + key + "\"}}"
                : "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ndata:\n  tls.crt: " + certificates
                        + "\n  tls.key: " + key + "\n";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
