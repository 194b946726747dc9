package dev.tlscope.it.raw;

import dev.tlscope.demo.pki.Identity;
import dev.tlscope.demo.pki.PkiDirectory;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.net.ssl.SSLContext;

/** The keys and certificates that MakePki wrote: the raw peer signs with them, and JSSE's contexts use them. */
final class RawPki {
    private final Identity server;
    private final Identity client;
    private final SSLContext serverContext;
    private final SSLContext clientContext;

    RawPki(PkiDirectory directory) throws GeneralSecurityException, IOException {
        server = directory.identity("server-rsa");
        client = directory.identity("client");
        serverContext = TlsContexts.of(directory.root(), server, directory.identity("server-ec"));
        clientContext = TlsContexts.of(directory.root(), client);
    }

    /** The context for all connections of that role; a server has an RSA and an EC key. */
    SSLContext context(boolean asClient) {
        return asClient ? clientContext : serverContext;
    }

    /** The server's chain, whose key is RSA. */
    X509Certificate[] serverChain() {
        return server.chain().toArray(new X509Certificate[0]);
    }

    /** The client's chain, whose key is EC. */
    X509Certificate[] clientChain() {
        return client.chain().toArray(new X509Certificate[0]);
    }

    /** Signs as the server, by a scheme's name in {@link SignatureNumbers}. */
    byte[] signAsServer(int scheme, byte... content) throws GeneralSecurityException {
        return sign(server.key(), scheme, content);
    }

    /** Signs as the client. */
    byte[] signAsClient(int scheme, byte... content) throws GeneralSecurityException {
        return sign(client.key(), scheme, content);
    }

    private static byte[] sign(PrivateKey key, int scheme, byte... content) throws GeneralSecurityException {
        Signature signature;
        switch (scheme) {
            case SignatureNumbers.ECDSA_SECP256R1_SHA256:
                signature = Signature.getInstance("SHA256withECDSA");
                break;
            case SignatureNumbers.RSA_PKCS1_SHA256:
                signature = Signature.getInstance("SHA256withRSA");
                break;
            case SignatureNumbers.RSA_PSS_RSAE_SHA256:
                signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                break;
            case SignatureNumbers.RSA_MD5_SHA1:
                // without the DigestInfo of all later schemes (RFC 2246, 4.7)
                Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                cipher.init(Cipher.ENCRYPT_MODE, key);
                return cipher.doFinal(RawSchedule12.hash(TlsVersion.TLS11, content));
            default:
                throw new GeneralSecurityException("no scheme " + scheme);
        }
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    /** The chain with its last certificate repeated until it exceeds JSSE's limits of 8 or 10. */
    static X509Certificate[] tooLong(X509Certificate... chain) {
        X509Certificate[] many = new X509Certificate[12];
        Arrays.fill(many, chain[chain.length - 1]);
        many[0] = chain[0];
        return many;
    }
}
