package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures of real failures that were once told wrongly, most of them as certain. */
class MisdiagnosedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the common suite was a signal that is no suite
                "scsv-s | no-common-cipher-suite | certain | no cipher suite in common",
                // the key manager was never asked
                "noreneg-s | unsafe-renegotiation | certain | allowLegacyHelloMessages, value=false",
                // there was no session
                "ems-s | master-secret-refused | certain | allowLegacyMasterSecret",
                "ems8-s | master-secret-refused | certain | requires extended_master_secret",
                // renegotiation_info was offered, by its signal
                "emsc-c | master-secret-refused | certain | allowLegacyMasterSecret",
                // the JDK's rule against an authority is not about the use of a key
                "distrust-c | untrusted-chain | certain | distrusts the authority",
                // the extended key usage is there
                "kuonly-c | wrong-key-usage | certain | whose key usage allows",
                // an old root that was sent along is out of its dates, and no part of the path
                "addtrust-host-c | hostname-mismatch | certain | other.test",
                "v8-addtrust-c | hostname-mismatch | certain | other.test",
                "addtrust-untrusted-c | untrusted-chain | likely | CN=oldroot",
                "expi-c | certificate-expired | certain | place in the chain, value=1",
                // the root is trusted, and the path to it breaks a rule
                "wrongorder-nc-c | certificate-constraints | likely | nameConstraints",
                "wrongorder-pl-c | certificate-constraints | likely | pathLenConstraint",
                "nobc-c | certificate-constraints | certain | CN=internobc",
                "pl-c | certificate-constraints | certain | CN=interpl2",
                "nc-c | certificate-constraints | certain | CN=leafnc",
                "crit-c | certificate-constraints | certain | critical extension",
                // Netty closes and then calls closeInbound, at its timeout, and for plain text, too
                "netty-to-c | handshake-timeout | likely | it sent user_canceled 886.5 ms later",
                "netty-http-c | plaintext-peer | likely | SslHandler.decodeJdkCompatible",
                "eng-closein-c | peer-closed | likely | Eng.main",
                // this side's own thread closed it
                "appclose-c | internal | certain | This side closed the connection itself",
                "appclose8-c | internal | certain | This side closed the connection itself",
                "appclose25-c | peer-closed | likely | another thread of this side",
                "intr-chan-c | internal | certain | This side closed the connection itself",
                // close_notify is no message at a wrong place
                "closenotify-c | peer-closed | certain | close_notify",
                "closenotify8-c | peer-closed | certain | close_notify",
                "closenotify25-c | peer-closed | certain | close_notify",
                // the message before was accepted
                "sb-c | record-corrupted | likely | Input record too big",
                "hugerec-c | record-corrupted | likely | Bad input record size",
                // a vendor's name: of the device itself, and of another company
                "sophos-c | untrusted-chain | certain | CN=Sophos Appliance Certificate",
                "lightspeed-c | untrusted-chain | certain | CN=Lightspeed Retail",
                // the key, and by the other property
                "constr-wrongcert-c | certificate-constraints | certain | RSA keySize < 3072 in jdk.tls.disabledAlgorithms",
                "rsa3072-c | certificate-constraints | certain | RSA keySize < 3072 in jdk.tls.disabledAlgorithms",
                "sha1i-1024-c | certificate-constraints | certain | RSA keySize < 2048 in jdk.certpath.disabledAlgorithms",
                // an address is no name
                "cnip-c | hostname-mismatch | certain | iPAddress",
                "dnsip-c | hostname-mismatch | certain | iPAddress",
                // the curve is not in this JDK, or disabled in it; the signature is good
                "curve-missing-c | algorithm-unavailable | certain | curve brainpoolP256r1, which a certificate",
                "curve-disabled-c | certificate-constraints | certain | brainpoolP256r1 in jdk.disabled.namedCurves",
                // the trust manager of SunX509 sorts nothing
                "sunx509-gap-c | missing-intermediate | likely | without the certificate of its issuer, CN=R3",
                "sunx509-twice-c | untrusted-chain | likely | was sent twice",
                "sunx509-order-c | untrusted-chain | likely | did not issue the one before it",
                // not the server's own certificate
                "crossroot-c | certificate-expired | certain | own certificate is not the one that expired",
                // of JSSE's alert, and of the peer's warning
                "warnalert-c | unrecognized-name | certain | requires a server_name, and this client sent none",
                "warn8-c | unrecognized-name | certain | requires a server_name, and this client sent none",
                "smtp-s | plaintext-client | certain | a command of SMTP",
            })
    void isToldAsWhatItIs(String capture, String cause, String confidence, String says) throws IOException {
        List<Finding> findings = failures(capture);
        assertThat(findings)
                .isNotEmpty()
                .allMatch(finding -> finding.cause().id().equals(cause)
                        && finding.confidence().name().toLowerCase(Locale.ROOT).equals(confidence)
                        && finding.toString().contains(says));
    }

    private static List<Finding> failures(String capture) throws IOException {
        List<Handshake> found = new ArrayList<>();
        try (InputStream in = MisdiagnosedTest.class.getResourceAsStream("/misdiagnosed/" + capture + ".pcapng")) {
            Handshakes handshakes = new Handshakes(Path.of(capture), found::add);
            CaptureReader.read(in, handshakes);
            handshakes.end();
        }
        return found.stream().filter(Handshake::failed).map(Causes::of).toList();
    }
}
