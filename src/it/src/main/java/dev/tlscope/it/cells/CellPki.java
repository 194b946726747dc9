package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/** Authorities and certificates of the cells, generated once per run. */
final class CellPki {
    static final String INTERCEPTOR = "CN=Zscaler Root CA,OU=Zscaler Inc.,O=Zscaler Inc.,L=San Jose,ST=California,C=US";

    final Issuer root;
    final Issuer issuing;
    final Issuer stranger;
    final Issuer interceptor;
    final KeyPair rsaKeys = Issuer.newKeys("RSA");
    /** The right server's credential, by key type, for every cell's name. */
    final Credential rsa;

    final Credential otherRsa;
    final Credential ec;
    final Credential otherEc;
    final Credential clientCertificate;
    private KeyManager @Nullable [] serverKeys;

    CellPki() throws GeneralSecurityException, IOException {
        root = Issuer.root("CN=cells root,O=tlscope cells", "EC");
        issuing = root.below("CN=cells issuing,O=tlscope cells");
        stranger = Issuer.root("CN=stranger root,O=nobody we know", "EC").below("CN=stranger issuing,O=nobody we know");
        interceptor = Issuer.root(INTERCEPTOR, "EC").below("CN=Zscaler Intermediate Root CA,O=Zscaler Inc.");
        rsa = server(issuing).key(rsaKeys).issued();
        otherRsa = server(issuing).key(Issuer.newKeys("RSA")).issued();
        ec = server(issuing).issued();
        otherEc = server(issuing).issued();
        clientCertificate = client(issuing).issued();
    }

    /** The right server's keys of both types, opened once, because JDK 8 takes long for it. */
    synchronized KeyManager[] serverKeys() throws GeneralSecurityException, IOException {
        KeyManager[] made = serverKeys;
        if (made == null) {
            made = Credential.managers(ec, rsa);
            serverKeys = made;
        }
        return made;
    }

    X509Certificate anchor() {
        return root.certificate();
    }

    /** A server's certificate for every cell's name; the key is EC unless another type is given. */
    static Leaf server(Issuer issuer) throws IOException {
        return issuer.leaf("CN=server." + CellTable.DOMAIN + ",O=tlscope cells")
                .names("*." + CellTable.DOMAIN)
                .namingItsIssuersPlace()
                .usage(KeyPurposeId.id_kp_serverAuth);
    }

    static Leaf client(Issuer issuer) throws IOException {
        return issuer.leaf("CN=client." + CellTable.DOMAIN + ",O=tlscope cells")
                .namingItsIssuersPlace()
                .usage(KeyPurposeId.id_kp_clientAuth);
    }

    /** A server that presents the right certificate. */
    JsseParty goodServer() throws GeneralSecurityException, IOException {
        return JsseParty.server().shows(ec).trusts(anchor());
    }

    /** A client that trusts the right anchor and checks the name. */
    JsseParty goodClient() throws GeneralSecurityException, IOException {
        return JsseParty.client()
                .trusts(anchor())
                .with(parameters -> parameters.setEndpointIdentificationAlgorithm("HTTPS"));
    }
}
