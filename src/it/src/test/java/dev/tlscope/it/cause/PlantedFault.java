package dev.tlscope.it.cause;

import dev.tlscope.it.harness.Jdk;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * A JDK whose cryptography is wrong in one place at a time: options that make a JVM use classes altered with Byte
 * Buddy.
 */
enum PlantedFault {
    /** Every record of application data has a wrong last byte: of the tag, or of the ciphertext of MAC and padding. */
    WRONG_TAG,
    /** Every transcript hash has a wrong first byte. */
    WRONG_HASH,
    /** The server's handshake traffic secret in TLS 1.3, or the master secret before it, has a wrong first byte. */
    WRONG_SECRET,
    /** Every received record of application data is decrypted with a wrong last byte: JSSE refuses what is right. */
    REFUSED_RECORD,
    /** No RSASSA-PSS signature verifies. */
    REFUSED_SIGNATURE;

    private static final String WANTED = "tlscope.planted";
    private static final String SSL = "sun.security.ssl.";
    private static final String SUN_JCE = "com.sun.crypto.provider.";

    /** As it stands in the names of cells. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the faulty end refuses what is right; otherwise it makes something wrong. */
    boolean isRefusal() {
        return this == REFUSED_RECORD || this == REFUSED_SIGNATURE;
    }

    /**
     * Options for a JVM of that JDK, whose class files are written below the directory. It has all of these faults, and
     * each takes effect while the system property {@value #WANTED} is its name.
     */
    static List<String> options(Jdk jdk, Path directory) throws IOException {
        for (PlantedFault fault : values()) {
            for (boolean tls13 : new boolean[] {false, true}) {
                fault.plant(jdk, tls13, directory);
            }
        }
        return jdk.version() == 8
                ? List.of("-Xbootclasspath/p:" + directory)
                : List.of("--patch-module", "java.base=" + directory);
    }

    /** If both versions use one class, the second call writes the same bytes. */
    private void plant(Jdk jdk, boolean tls13, Path directory) throws IOException {
        String name = className(jdk, tls13);
        ClassFileLocator locator = ClassFileLocator.Simple.of(name, original(jdk, name));
        TypeDescription type = TypePool.Default.of(new ClassFileLocator.Compound(
                        new OfJdk(jdk), ClassFileLocator.ForClassLoader.ofPlatformLoader()))
                .describe(name)
                .resolve();
        new ByteBuddy()
                .redefine(type, locator)
                .visit(Advice.to(advice())
                        .on(ElementMatchers.named(method(jdk, tls13))
                                .and(ElementMatchers.not(ElementMatchers.isAbstract()))))
                .make()
                .saveIn(directory.toFile());
    }

    private String className(Jdk jdk, boolean tls13) {
        return switch (this) {
            case WRONG_TAG ->
                SSL
                        + (tls13
                                ? "SSLCipher$T13GcmWriteCipherGenerator$GcmWriteCipher"
                                : "SSLCipher$T11BlockWriteCipherGenerator$BlockWriteCipher");
            case REFUSED_RECORD ->
                SSL
                        + (tls13
                                ? "SSLCipher$T13GcmReadCipherGenerator$GcmReadCipher"
                                : "SSLCipher$T11BlockReadCipherGenerator$BlockReadCipher");
            case REFUSED_SIGNATURE -> "sun.security.rsa.RSAPSSSignature";
            case WRONG_HASH -> SSL + "HandshakeHash";
            case WRONG_SECRET ->
                tls13
                        ? jdk.version() < 25 ? SSL + "HKDF" : SUN_JCE + "HKDFKeyDerivation"
                        : jdk.version() == 8
                                ? SSL + "SSLMasterKeyDerivation$LegacyMasterKeyDerivation"
                                : SUN_JCE + "TlsMasterSecretGenerator";
        };
    }

    private String method(Jdk jdk, boolean tls13) {
        return switch (this) {
            case WRONG_TAG -> "encrypt";
            case REFUSED_RECORD -> "decrypt";
            case REFUSED_SIGNATURE -> "engineVerify";
            case WRONG_HASH -> "digest";
            case WRONG_SECRET ->
                tls13
                        ? jdk.version() < 25 ? "expand" : "engineDeriveKey"
                        : jdk.version() == 8 ? "deriveKey" : "engineGenerateKey";
        };
    }

    private Class<?> advice() {
        return switch (this) {
            case WRONG_TAG -> WrongTag.class;
            case WRONG_HASH -> WrongHash.class;
            case WRONG_SECRET -> WrongSecret.class;
            case REFUSED_RECORD -> RefusedRecord.class;
            case REFUSED_SIGNATURE -> RefusedSignature.class;
        };
    }

    private static byte[] original(Jdk jdk, String name) throws IOException {
        String file = name.replace('.', '/') + ".class";
        if (jdk.version() == 8) {
            Path jar = jdk.home().resolve(name.startsWith(SSL) ? "jre/lib/jsse.jar" : "jre/lib/rt.jar");
            try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                return Files.readAllBytes(inside.getPath(file));
            }
        }
        try (FileSystem modules = FileSystems.newFileSystem(
                URI.create("jrt:/"), Map.of("java.home", jdk.home().toString()))) {
            return Files.readAllBytes(modules.getPath("modules", "java.base", file));
        }
    }

    private static final class WrongTag {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) byte contentType, @Advice.Argument(1) ByteBuffer record) {
            if (contentType == 23 && "WRONG_TAG".equals(System.getProperty(WANTED))) {
                int last = record.limit() - 1;
                record.put(last, (byte) (record.get(last) ^ 1));
            }
        }
    }

    private static final class RefusedRecord {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(0) byte contentType, @Advice.Argument(1) ByteBuffer record) {
            if (contentType == 23 && "REFUSED_RECORD".equals(System.getProperty(WANTED))) {
                int last = record.limit() - 1;
                record.put(last, (byte) (record.get(last) ^ 1));
            }
        }
    }

    private static final class RefusedSignature {
        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // Byte Buddy makes it the result
        static void exit(@Advice.Return(readOnly = false) boolean verifies) {
            verifies = verifies && !"REFUSED_SIGNATURE".equals(System.getProperty(WANTED));
        }
    }

    private static final class WrongHash {
        @Advice.OnMethodExit
        static void exit(@Advice.Return byte[] hash) {
            if ("WRONG_HASH".equals(System.getProperty(WANTED))) {
                hash[0] ^= 1;
            }
        }
    }

    private static final class WrongSecret {
        @Advice.OnMethodExit
        static void exit(@Advice.AllArguments Object[] given, @Advice.Return(readOnly = false) SecretKey key) {
            boolean wanted = given.length == 0; // KeyGenerator.engineGenerateKey
            for (Object value : given) {
                wanted |= "MasterSecret".equals(value) || "TlsServerHandshakeTrafficSecret".equals(value);
            }
            if (wanted && "WRONG_SECRET".equals(System.getProperty(WANTED))) {
                byte[] bytes = key.getEncoded();
                bytes[0] ^= 1;
                key = new SecretKeySpec(bytes, key.getAlgorithm());
            }
        }
    }

    /** Class files of a JDK other than this one: it may have types that this one lacks. */
    private record OfJdk(Jdk jdk) implements ClassFileLocator {
        @Override
        public Resolution locate(String name) {
            try {
                return new Resolution.Explicit(original(jdk, name));
            } catch (IOException e) {
                return new Resolution.Illegal(name);
            }
        }

        @Override
        public void close() {
            // opened again for every class
        }
    }
}
