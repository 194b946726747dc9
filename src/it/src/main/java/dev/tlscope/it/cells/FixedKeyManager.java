package dev.tlscope.it.cells;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** An application's own key manager, which always presents one credential. */
class FixedKeyManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "fixed";

    private final Credential credential;

    FixedKeyManager(Credential credential) {
        this.credential = credential;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chosen(types);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chosen(types);
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chosen(type);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chosen(type);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return credential.chain();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credential.key();
    }

    /** Returns the alias only for the key's own type, because JSSE would use it for any. */
    private @Nullable String chosen(String... types) {
        for (String type : types) {
            if (type.startsWith(credential.key().getAlgorithm())) {
                return ALIAS;
            }
        }
        return null;
    }
}
