package dev.tlscope.it.raw;

import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;

/** ALPN for JSSE, which JDK 8 has from 8u252 on and Java 8's interface has not. */
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
