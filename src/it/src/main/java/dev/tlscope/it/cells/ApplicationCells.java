package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Code of the application that throws within the handshake. */
final class ApplicationCells {
    private ApplicationCells() {}

    static void add(CellTable cells, CellPki pki) throws GeneralSecurityException, IOException {
        cells.add(
                "internal-trust-manager",
                pki::goodServer,
                () -> JsseParty.client().trust(new BrokenTrustManager(new IllegalStateException("no policy loaded"))));
        cells.add(
                "internal-trust-manager-server",
                () -> pki.goodServer()
                        .trust(new BrokenTrustManager(new IllegalStateException("no policy loaded")))
                        .needsClientCertificate(),
                () -> pki.goodClient().keys(new FixedKeyManager(pki.clientCertificate)));
        cells.add(
                "internal-refusing-trust-manager",
                pki::goodServer,
                () -> JsseParty.client().trust(new BrokenTrustManager(new CertificateException("not on our list"))));
        cells.add(
                "internal-broken-deployment",
                pki::goodServer,
                () -> JsseParty.client()
                        .trust(new BrokenTrustManager(new NoClassDefFoundError("com/example/PolicyClient"))));
    }

    /** An application's own trust manager, which throws on every call. */
    static final class BrokenTrustManager implements X509TrustManager {
        private final Throwable thrown;

        BrokenTrustManager(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            refuse();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            refuse();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private void refuse() throws CertificateException {
            // Created here and not once, so that its stack leads to this class.
            if (thrown instanceof CertificateException) {
                throw new CertificateException(thrown.getMessage());
            }
            if (thrown instanceof Error) {
                throw new NoClassDefFoundError(thrown.getMessage());
            }
            throw new IllegalStateException(thrown.getMessage());
        }
    }
}
