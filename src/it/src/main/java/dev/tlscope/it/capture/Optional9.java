package dev.tlscope.it.capture;

import java.lang.reflect.Method;
import javax.net.ssl.SSLParameters;

/** Methods that SSLParameters has only since Java 9 or later; this program is compiled for Java 8. */
final class Optional9 {
    private Optional9() {}

    /** True on JDK 8, which lacks DTLS and the packet size. */
    static boolean isMissing() {
        return version() < 9;
    }

    /** This JDK's feature version. */
    static int version() {
        String version = System.getProperty("java.specification.version", "");
        return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
    }

    /** JDK 9. */
    static void packetSize(SSLParameters parameters, int bytes) throws ReflectiveOperationException {
        SSLParameters.class.getMethod("setMaximumPacketSize", int.class).invoke(parameters, bytes);
    }

    /** JDK 20: the groups that may be set; empty before. */
    static String[] namedGroups(SSLParameters supported) throws ReflectiveOperationException {
        try {
            Method method = SSLParameters.class.getMethod("getNamedGroups");
            String[] groups = (String[]) method.invoke(supported);
            return groups == null ? new String[0] : groups;
        } catch (NoSuchMethodException e) {
            return new String[0];
        }
    }

    static void namedGroups(SSLParameters parameters, String... groups) throws ReflectiveOperationException {
        SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, new Object[] {groups});
    }
}
