package dev.tlscope.probe;

import dev.tlscope.transport.Destination;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Properties;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What the user wants of each connection. Values that are not set are the JDK's own. */
final class ProbeSettings {
    private final Properties values;

    ProbeSettings(Properties values) {
        this.values = values;
    }

    Destination destination() {
        return Destination.of(values);
    }

    int count() {
        return Integer.parseInt(values.getProperty("count"));
    }

    @Nullable
    String value(String name) {
        return values.getProperty(name);
    }

    /** The password of a store; null if the settings have none. */
    char @Nullable [] password(String name) {
        String password = values.getProperty(name);
        return password == null ? null : password.toCharArray();
    }

    /** Sets them for a connection. */
    void apply(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        String[] protocols = list("protocols");
        if (protocols != null) {
            check("--protocols", protocols, socket.getSupportedProtocols());
            parameters.setProtocols(protocols);
        }
        String[] suites = list("ciphers");
        if (suites != null) {
            check("--ciphers", suites, socket.getSupportedCipherSuites());
            parameters.setCipherSuites(suites);
        }
        String name = value("servername");
        if (name != null) {
            parameters.setServerNames(Collections.singletonList(new SNIHostName(name)));
        }
        parameters.setEndpointIdentificationAlgorithm(value("identify"));
        String[] alpn = list("alpn");
        if (alpn != null) {
            setApplicationProtocols(parameters, alpn);
        }
        socket.setSSLParameters(parameters);
    }

    private static void check(String option, String[] wanted, String[] supported) {
        for (String name : wanted) {
            if (!Arrays.asList(supported).contains(name)) {
                throw new IllegalArgumentException(
                        option + ": this JDK has no " + name + ", but " + String.join(", ", supported));
            }
        }
    }

    private String @Nullable [] list(String name) {
        String text = value(name);
        return text == null ? null : text.split(",");
    }

    /** Java 8 has the method from update 251 on. */
    private static void setApplicationProtocols(SSLParameters parameters, String[] protocols) {
        try {
            SSLParameters.class
                    .getMethod("setApplicationProtocols", String[].class)
                    .invoke(parameters, (Object) protocols);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("--alpn: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("this JDK has no ALPN; choose a newer one with --jdk");
        }
    }
}
