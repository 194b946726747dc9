package dev.tlscope.it.raw;

import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;

/** Sets ALPN in JSSE, which JDK 8 has from 8u252 on, but Java 8's API does not. */
final class ApplicationProtocols {
    private ApplicationProtocols() {}

    static Consumer<SSLParameters> of(String... names) {
        return parameters -> {
            try {
                SSLParameters.class
                        .getMethod("setApplicationProtocols", String[].class)
                        .invoke(parameters, (Object) names);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this JDK has no ALPN", e);
            }
        };
    }
}
