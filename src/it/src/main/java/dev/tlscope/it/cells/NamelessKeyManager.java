package dev.tlscope.it.cells;

import java.net.Socket;
import java.security.Principal;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** An application's key manager that returns null for any name, like one that finds no certificate for it. */
final class NamelessKeyManager extends FixedKeyManager {
    NamelessKeyManager(Credential credential) {
        super(credential);
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return null;
    }
}
