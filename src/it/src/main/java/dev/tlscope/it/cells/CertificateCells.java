package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.util.Arrays;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Certificates that the other side rejects: the server's by the client, the client's by the server. */
final class CertificateCells {
    private CertificateCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        Issuer rsaIssuer = Issuer.root("CN=cells RSA root,O=tlscope cells", "RSA");
        both(
                cells,
                pki,
                "untrusted-chain",
                CellPki.server(pki.stranger).issued(),
                CellPki.client(pki.stranger).issued());
        both(
                cells,
                pki,
                "intercepting-proxy",
                CellPki.server(pki.interceptor).issued(),
                CellPki.client(pki.interceptor).issued());
        both(cells, pki, "missing-intermediate", pki.ec.withoutIssuers(), pki.clientCertificate.withoutIssuers());
        both(
                cells,
                pki,
                "certificate-expired",
                CellPki.server(pki.issuing).days(-400, -3).issued(),
                CellPki.client(pki.issuing).days(-400, -3).issued());
        both(
                cells,
                pki,
                "certificate-not-yet-valid",
                CellPki.server(pki.issuing).days(2, 30).issued(),
                CellPki.client(pki.issuing).days(2, 30).issued());
        both(
                cells,
                pki,
                "wrong-key-usage",
                pki.issuing
                        .leaf("CN=server.cells.test")
                        .names("*." + CellTable.DOMAIN)
                        .usage(KeyPurposeId.id_kp_clientAuth)
                        .issued(),
                pki.issuing
                        .leaf("CN=client.cells.test")
                        .usage(KeyPurposeId.id_kp_serverAuth)
                        .issued());
        Credential weakServer =
                CellPki.server(rsaIssuer).signedWith("MD5withRSA").issued();
        Credential weakClient =
                CellPki.client(rsaIssuer).signedWith("MD5withRSA").issued();
        cells.add(
                "certificate-constraints",
                () -> JsseParty.server().keys(new FixedKeyManager(weakServer)),
                () -> JsseParty.client().trusts(rsaIssuer.certificate()));
        cells.add(
                "certificate-constraints-client",
                () -> JsseParty.server()
                        .shows(pki.ec)
                        .trusts(rsaIssuer.certificate())
                        .needsClientCertificate(),
                () -> pki.goodClient().keys(new FixedKeyManager(weakClient)));
        Issuer revoking = pki.root.below("CN=cells revoking,O=tlscope cells");
        Credential revokedServer = CellPki.server(revoking).issued();
        Credential revokedClient = CellPki.client(revoking).issued();
        cells.add(
                "certificate-revoked",
                () -> JsseParty.server().shows(revokedServer),
                () -> JsseParty.client().trust(checking(revoking, revoking.revoking(revokedServer.leaf()))));
        cells.add(
                "certificate-revoked-client",
                () -> JsseParty.server()
                        .shows(pki.ec)
                        .trust(checking(revoking, revoking.revoking(revokedClient.leaf())))
                        .needsClientCertificate(),
                () -> pki.goodClient().shows(revokedClient));
        both(
                cells,
                pki,
                "revocation-without-source",
                CellPki.server(revoking).issued(),
                CellPki.client(revoking).issued(),
                checking(revoking));
        // nothing listens at this port
        String nobody = "http://127.0.0.1:9/ocsp";
        toldBy(cells, pki, "revocation-not-asked", revoking, nobody, checking(revoking));
        toldBy(cells, pki, "revocation-refused", revoking, nobody, asking(revoking));
        toldBy(cells, pki, "revocation-unanswered", revoking, Responder.speechless(), asking(revoking));
        toldBy(cells, pki, "revocation-silent", revoking, Responder.silent(), asking(revoking));
        cells.add("empty-trust-store", pki::goodServer, () -> JsseParty.client().trusts());
        cells.add(
                "empty-trust-store-server",
                () -> JsseParty.server().shows(pki.ec).trusts().needsClientCertificate(),
                () -> pki.goodClient().keys(new FixedKeyManager(pki.clientCertificate)));
        Credential elsewhere = pki.issuing
                .leaf("CN=elsewhere.example")
                .names("elsewhere.example", "*.elsewhere.example")
                .usage(KeyPurposeId.id_kp_serverAuth)
                .issued();
        cells.add("hostname-mismatch", () -> JsseParty.server().shows(elsewhere), pki::goodClient);
        cells.add("client-certificate-missing", () -> pki.goodServer().needsClientCertificate(), pki::goodClient);
        // The client has one, from an issuer that the server's CertificateRequest does not name.
        Credential foreign = CellPki.client(pki.stranger).issued();
        cells.add(
                "client-certificate-not-offered",
                () -> pki.goodServer().needsClientCertificate(),
                () -> pki.goodClient().shows(foreign));
    }

    /** Puts the same flaw into the server's certificate, and into the client's. */
    private static void both(CellTable cells, CellPki pki, String family, Credential server, Credential client)
            throws GeneralSecurityException, IOException {
        cells.add(family, () -> JsseParty.server().shows(server), pki::goodClient);
        cells.add(
                family + "-client",
                () -> pki.goodServer().needsClientCertificate(),
                () -> pki.goodClient().keys(new FixedKeyManager(client)));
    }

    private static void both(
            CellTable cells, CellPki pki, String family, Credential server, Credential client, TrustManager... trust)
            throws GeneralSecurityException, IOException {
        cells.add(
                family,
                () -> JsseParty.server().shows(server),
                () -> JsseParty.client().trust(trust));
        cells.add(
                family + "-client",
                () -> JsseParty.server().shows(pki.ec).trust(trust).needsClientCertificate(),
                () -> pki.goodClient().shows(client));
    }

    private static void toldBy(
            CellTable cells, CellPki pki, String family, Issuer issuer, String responder, TrustManager... trust)
            throws GeneralSecurityException, IOException {
        both(
                cells,
                pki,
                family,
                CellPki.server(issuer).toldRevokedBy(responder).issued(),
                CellPki.client(issuer).toldRevokedBy(responder).issued(),
                trust);
    }

    /** A trust manager with revocation checking by CRLs in memory: with the JVM's settings, it downloads none. */
    private static TrustManager[] checking(Issuer issuer, X509CRL... lists)
            throws GeneralSecurityException, IOException {
        PKIXBuilderParameters parameters = trusting(issuer);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(Arrays.asList(lists))));
        parameters.setRevocationEnabled(true);
        return managers(parameters);
    }

    /** A trust manager that queries the responder named in the certificate. */
    private static TrustManager[] asking(Issuer issuer) throws GeneralSecurityException, IOException {
        PKIXBuilderParameters parameters = trusting(issuer);
        parameters.addCertPathChecker(
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker());
        return managers(parameters);
    }

    private static PKIXBuilderParameters trusting(Issuer issuer) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("issuer", issuer.certificate());
        return new PKIXBuilderParameters(anchors, new X509CertSelector());
    }

    private static TrustManager[] managers(PKIXBuilderParameters parameters) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }
}
