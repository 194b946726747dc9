package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.CallingProtocol;
import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.HostNames;
import dev.tlscope.analyzer.evidence.Lists;
import dev.tlscope.analyzer.evidence.ServerNameSent;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.capture.Field;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** hostname-mismatch: the certificate is valid, but for another host than the requested one (RFC 9525, 6). */
final class HostnameMismatch implements Cause {
    static final CauseId HOSTNAME_MISMATCH = CauseId.of(
            "hostname-mismatch",
            FixedBy.EITHER,
            "The certificate is valid, but for another host than the requested one.",
            "the host asked for beside the subjectAltNames",
            "Connect by a name of the certificate, or have this name added to it.",
            "RFC 9525, 6; RFC 2818, 3.1");

    @Override
    public List<CauseId> ids() {
        return List.of(HOSTNAME_MISMATCH);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        List<X509Certificate> chain = handshake.certificates(false);
        if (!handshake.isClient() && handshake.raised() && !chain.isEmpty() && saidByJsse(handshake)) {
            return Optional.of(ofClient(handshake, chain.get(0)));
        }
        String host = handshake.peerHost();
        boolean fits = handshake.isClient()
                && handshake.raisedAboutCertificate()
                && (!handshake.setUp(Field.IDENTIFICATION).isEmpty() || saidByJsse(handshake))
                && !FailureEvidence.pathFailed(handshake)
                && !chain.isEmpty();
        if (!fits || host == null) {
            return Optional.empty();
        }
        X509Certificate leaf = chain.get(0);
        return saidByJsse(handshake) || !HostNames.matches(host, HostNames.comparedWith(host, leaf))
                ? Optional.of(finding(handshake, host, leaf))
                : Optional.empty();
    }

    /**
     * sun.security.util.HostnameChecker is stricter than a comparison of names: an address must be an iPAddress (RFC
     * 2818, 3.1).
     */
    private static boolean saidByJsse(Handshake handshake) {
        return handshake.cameThrough("sun.security.util.HostnameChecker.")
                && (FailureEvidence.said(handshake, "No subject alternative")
                        || FailureEvidence.said(handshake, "No name matching"));
    }

    /** A server with endpoint identification compares the client's certificate with the address that the client comes from. */
    private static Finding ofClient(Handshake handshake, X509Certificate leaf) {
        List<String> names = HostNames.of(leaf);
        List<String> algorithm = handshake.setUp(Field.IDENTIFICATION);
        return new Finding(
                HOSTNAME_MISMATCH,
                Confidence.CERTAIN,
                "This server compares the name in the client's certificate with the address that the client comes from: endpoint"
                        + " identification, which is meant for clients, is on at the server.",
                FailureEvidence.with(
                        handshake,
                        new Evidence(
                                "JSSE says",
                                FailureEvidence.innermost(handshake).orElse("nothing")),
                        new Evidence(
                                "endpoint identification",
                                (algorithm.isEmpty() ? "not known" : algorithm.get(0)) + ", at this server"),
                        new Evidence("client's certificate", Certificates.describe(leaf)),
                        new Evidence("it is valid for", names.isEmpty() ? "no name at all" : Lists.few(names))),
                List.of(
                        "Turn it off at this server: SSLParameters.setEndpointIdentificationAlgorithm(null); with Jetty 9.4"
                                + " SslContextFactory.Server, and not SslContextFactory, whose default is HTTPS; with Kafka"
                                + " ssl.endpoint.identification.algorithm= for the listener.",
                        "Only where clients are themselves hosts that this server is to know by their address, give their certificates"
                                + " that address in subjectAltName."));
    }

    private static Finding finding(Handshake handshake, String host, X509Certificate leaf) {
        boolean address = HostNames.isAddress(host);
        List<String> names = HostNames.comparedWith(host, leaf);
        return new Finding(
                HOSTNAME_MISMATCH,
                Confidence.CERTAIN,
                "The server's certificate is not valid for " + host + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("host asked for", host),
                        new Evidence(
                                "certificate is valid for",
                                names.isEmpty()
                                        ? (address ? "no address at all" : "no name at all")
                                        : String.join(", ", names)),
                        new Evidence(
                                "compared",
                                address
                                        ? "iPAddress of subjectAltName alone, since the host is an address (RFC 2818, 3.1); not "
                                                + Lists.few(HostNames.of(leaf)) + " as CN or dNSName"
                                        : "dNSName of subjectAltName; the CN where there is none"),
                        new Evidence("certificate", Certificates.describe(leaf)),
                        new Evidence("server_name sent", ServerNameSent.describe(handshake))),
                fix(handshake, host, names, address));
    }

    private static List<String> fix(Handshake handshake, String host, List<String> names, boolean address) {
        List<String> fix = new ArrayList<>();
        CallingProtocol.of(handshake)
                .flatMap(CallingProtocol::originOfHost)
                .filter(origin -> address)
                .ifPresent(fix::add);
        fix.add("Connect by a name that the certificate has, or have a certificate issued with " + host
                + (address ? " as an iPAddress of subjectAltName." : " as subjectAltName."));
        HostNames.wildcardAbove(host, names).ifPresent(wildcard -> fix.add(HostNames.oneLabel(wildcard, host)));
        fix.add(
                ServerNameSent.isMissed(handshake)
                        ? "If the server holds several certificates, it picks by server_name, and none was sent. "
                                + ServerNameSent.fix(handshake)
                        : "If the server holds several certificates, check that it picks by server_name, and that a name was sent.");
        return fix;
    }
}
